using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>
/// A state variable as seen by the author of a model. Reading it gives a term. Assigning to it records an update of the
/// current action. It has the name of its field.
/// </summary>
public abstract class VarBase
{
    private readonly Source _source;
    private readonly Type _type;
    private readonly Type[] _index;
    private readonly (int Min, int Max)? _range;
    private readonly Node? _initial;
    private Variable? _variable;

    private protected VarBase(Type type, Type[] index, Node? initial, (int Min, int Max)? range, string file, int line)
    {
        (_type, _index, _initial, _range, _source) = (type, index, initial, range, new(file, line));
    }

    /// <summary>The variable as data.</summary>
    /// <exception cref="ModelException">It is no field of a model.</exception>
    public Variable Variable => _variable ?? throw NoField();

    internal Spec? Owner { get; private protected set; }

    /// <summary>The function which the variable always is; null for a variable of the state.</summary>
    private protected virtual RigidFunction? Rigid => null;

    internal Source Source => _source;

    internal ModelException NoField() =>
        new([new(Code.NoField,
            "this variable is no field of the model, and has no name: declare it as an instance field of the model's class", _source)]);

    internal virtual IEnumerable<Variable> Declare(Spec owner, string name)
    {
        Owner = owner;
        _variable = Make(owner, name, null, _type, _index, _range, _initial, _source, Rigid);
        return [_variable];
    }

    private protected static Variable Make(
        Spec owner,
        string name,
        string? record,
        Type type,
        Type[] index,
        (int Min, int Max)? range,
        Node? initial,
        Source source,
        RigidFunction? rigid = null)
    {
        var recorder = owner.Recorder;
        var modelType = recorder.TypeOf(type, source);
        if (range is { } r)
        {
            modelType = new RangeType(r.Min, r.Max);
            if (r.Min < 0 || r.Max < r.Min || r.Max > RangeType.Largest)
            {
                recorder.Refuse(
                    Code.NoSuchType,
                    $"{name} ranges over {modelType}; an integer of a model lies between 0 and {RangeType.Largest}",
                    source);
            }
        }
        else if (modelType is IntType)
        {
            recorder.Refuse(Code.NoSuchType, $"{name} is an int without a range: give it its least and greatest value", source);
        }

        var variable = new Variable(name, record, [.. index.Select(i => recorder.TypeOf(i, source))], modelType, source) { Rigid = rigid };
        if (variable.Index.Any(i => i is IntType))
        {
            recorder.Refuse(Code.NoSuchType, $"{name} is indexed by int: use an enum or a sort", source);
        }

        SetInitial(recorder, variable, initial, source);
        return variable;
    }

    private protected static void SetInitial(Recorder recorder, Variable variable, Node? initial, Source source)
    {
        if (initial is null && variable.Type is SortType sort)
        {
            recorder.Refuse(
                Code.NoInitialValue,
                $"{variable.Name} needs an initial value, but nothing names an element of {sort}: use Option<{sort}> and None",
                source);
        }
        else if (initial is not (null or Lit))
        {
            recorder.Refuse(Code.NoInitialValue, $"the initial value of {variable.Name} is {initial}, not a constant", source);
        }
        else if (initial is Lit { Code: < 0 } && variable.Type is not RangeType)
        {
            recorder.Refuse(Code.IllTyped, $"the initial value of {variable.Name} is None, and {variable.Type} has no such value", source);
        }

        variable.Initial = initial is Lit lit ? lit.Code : variable.Type is RangeType range ? range.Min : 0;
        if (initial is Lit && variable.Type is RangeType within && (variable.Initial < within.Min || variable.Initial > within.Max))
        {
            recorder.Refuse(Code.IllTyped, $"the initial value of {variable.Name} is {variable.Initial}, outside {within}", source);
        }
    }

    private protected Term<V> Get<V>(ImmutableArray<Node> index, string file, int line)
    {
        Owner?.Recorder.NoteRead(Variable, new(file, line));
        return new(new Read(Variable, index, Primed: false));
    }

    private protected void Set<V>(ImmutableArray<Node> index, Term<V> value, string file, int line) =>
        (Owner ?? throw NoField())
            .Recorder.Update(Variable, index, value.Node, new(file, line));

    private protected void Initialise(Node value, string file, int line) =>
        SetInitial((Owner ?? throw NoField()).Recorder, Variable, value, new(file, line));
}

/// <summary>A variable without an index: <c>dead.Value = true</c>.</summary>
public sealed class Var<V> : VarBase
{
    public Var([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [], null, null, file, line)
    {
    }

    public Var(Term<V> initial, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [], initial.Node, null, file, line)
    {
    }

    /// <summary>An integer from <paramref name="min"/> to <paramref name="max"/>; it starts at <paramref name="min"/>.</summary>
    public Var(int min, int max, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [], null, (min, max), file, line)
    {
    }

    public Term<V> Value
    {
        get => Get<V>([], "", 0);
        set => Set([], value, "", 0);
    }

    /// <summary>Sets the initial value, if it depends on the variant of the model.</summary>
    public void Initially(Term<V> value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Initialise(value.Node, file, line);
}

/// <summary>A variable with one index: <c>owner[f] = Owner.Guest</c>.</summary>
public sealed class Var<I, V> : VarBase
{
    public Var([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [typeof(I)], null, null, file, line)
    {
    }

    public Var(Term<V> initial, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [typeof(I)], initial.Node, null, file, line)
    {
    }

    /// <inheritdoc cref="Var{V}(int, int, string, int)"/>
    public Var(int min, int max, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [typeof(I)], null, (min, max), file, line)
    {
    }

    public Term<V> this[Term<I> i, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0]
    {
        get => Get<V>([i.Node], file, line);
        set => Set([i.Node], value, file, line);
    }

    /// <inheritdoc cref="Var{V}.Initially"/>
    public void Initially(Term<V> value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Initialise(value.Node, file, line);
}

/// <summary>A variable with two indices: <c>maps[p, f] = true</c>.</summary>
public sealed class Var<I, J, V> : VarBase
{
    public Var([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [typeof(I), typeof(J)], null, null, file, line)
    {
    }

    public Var(Term<V> initial, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [typeof(I), typeof(J)], initial.Node, null, file, line)
    {
    }

    public Term<V> this[Term<I> i, Term<J> j, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0]
    {
        get => Get<V>([i.Node, j.Node], file, line);
        set => Set([i.Node, j.Node], value, file, line);
    }
}

/// <summary>A variable with three indices: <c>gtlb[v, p, a] = f</c>.</summary>
public sealed class Var<I, J, K, V> : VarBase
{
    public Var([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [typeof(I), typeof(J), typeof(K)], null, null, file, line)
    {
    }

    public Var(Term<V> initial, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(V), [typeof(I), typeof(J), typeof(K)], initial.Node, null, file, line)
    {
    }

    public Term<V> this[Term<I> i, Term<J> j, Term<K> k, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0]
    {
        get => Get<V>([i.Node, j.Node, k.Node], file, line);
        set => Set([i.Node, j.Node, k.Node], value, file, line);
    }
}
