using System.Reflection;
using System.Runtime.CompilerServices;
using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>The least and greatest value of an int field of a record.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BetweenAttribute(int min, int max) : Attribute
{
    public int Min { get; } = min;

    public int Max { get; } = max;
}

/// <summary>
/// A small record of values, one for each index of a <see cref="RecordVar{I, R}"/>. A field is a property:
/// <code>
/// public sealed class Fault : Record
/// {
///     public Term&lt;Option&lt;Page&gt;&gt; Page { get => Get&lt;Option&lt;Page&gt;&gt;(); set => Set(value); }
/// }
/// </code>
/// Each field is a variable of its own ("fault.page"); it starts as none, false, or the first member of its enum.
/// </summary>
public abstract class Record
{
    internal IRecordVar? Source { get; set; }

    internal Node Index { get; set; } = Node.False;

    internal Source Location { get; set; }

    /// <summary>Gives all fields their initial values.</summary>
    public void Reset()
    {
        foreach (var field in Source!.Fields.Values)
        {
            Source.Owner.Recorder.Update(field, [Index], new Lit(field.Type, field.Initial), Location);
        }
    }

    protected Term<T> Get<T>([CallerMemberName] string field = "")
    {
        var variable = Source!.Fields[field];
        Source.Owner.Recorder.NoteRead(variable, Location);
        return new(new Read(variable, [Index], Primed: false));
    }

    protected void Set<T>(Term<T> value, [CallerMemberName] string field = "") =>
        Source!.Owner.Recorder.Update(Source.Fields[field], [Index], value.Node, Location);
}

internal interface IRecordVar
{
    IReadOnlyDictionary<string, Variable> Fields { get; }

    Spec Owner { get; }
}

/// <summary>A variable whose value is a record: <c>fault[v].Stale = true</c>, <c>fault[v].Reset()</c>.</summary>
public sealed class RecordVar<I, R> : VarBase, IRecordVar
    where R : Record, new()
{
    private readonly Dictionary<string, Variable> _fields = [];

    public RecordVar([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(R), [typeof(I)], null, null, file, line)
    {
    }

    IReadOnlyDictionary<string, Variable> IRecordVar.Fields => _fields;

    Spec IRecordVar.Owner => Owner ?? throw NoField();

    public R this[Term<I> i, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        new() { Source = this, Index = i.Node, Location = new(file, line) };

    internal override IEnumerable<Variable> Declare(Spec owner, string name)
    {
        Owner = owner;
        var properties = typeof(R).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(Term<>))
            .OrderBy(p => p.MetadataToken);
        foreach (var property in properties)
        {
            var between = property.GetCustomAttribute<BetweenAttribute>();
            _fields[property.Name] = Make(owner, $"{name}.{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}", name,
                property.PropertyType.GetGenericArguments()[0], [typeof(I)], between is null ? null : (between.Min, between.Max),
                null, Source);
        }

        return _fields.Values;
    }
}
