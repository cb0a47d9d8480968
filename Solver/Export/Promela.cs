using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Export;

/// <summary>
/// An instance in Promela, for SPIN. Each action is a pair of macros, and each action instance one atomic option of one loop, so SPIN's
/// states are the model's. Promela has no quantifiers: they are unrolled. A value is its code: the elements of a sort and the members of
/// an enum are the numbers from 0, and None is 0.
/// </summary>
internal sealed class Promela
{
    /// <summary>The keywords of Promela, of the preprocessor and of C, and the macros of the file itself.</summary>
    private static readonly string[] s_reserved =
    [
        "active", "assert", "atomic", "bit", "bool", "break", "byte", "c_code", "c_decl", "c_expr", "c_state", "c_track", "chan",
        "d_proctype", "d_step", "do", "else", "empty", "enabled", "eval", "false", "fi", "for", "full", "get_priority", "goto", "hidden",
        "if", "in", "init", "inline", "int", "len", "local", "ltl", "mtype", "nempty", "never", "nfull", "nr_pr", "notrace", "np_", "od",
        "of", "pc_value", "pid", "print", "printf", "printm", "priority", "proctype", "provided", "return", "run", "select",
        "set_priority", "short", "show", "skip", "timeout", "trace", "true", "typedef", "unless", "unsigned", "xr", "xs", "always",
        "eventually", "until", "weakuntil", "stronguntil", "implies", "equivalent", "release", "next", "define", "defined", "include",
        "undef", "line", "pragma", "unix", "linux", "auto", "case", "char", "const", "continue", "default", "double", "enum", "extern",
        "float", "inline", "long", "register", "restrict", "signed", "sizeof", "static", "struct", "switch", "union", "void", "volatile",
        "while", "now", "depth", "trpt", "NONE", "SOME", "report", "found", "VIOLATED", "STEP_VIOLATED", "STEP_WITNESSED", "WITNESSED",
        "REPORT", "WITNESS", "model", "STDIN",
        "X", "U", "V", "W", "P0", "Q0", "uchar", "uint", "ulong", "ushort", "main", "boq", "verbose", "errors", "reached",
    ];

    private readonly PreparedModel _model;
    private readonly Page _page = new("//");
    private readonly Names _names = new(s_reserved);
    private readonly Dictionary<(ModelType Type, int Code), string> _values = [];
    private readonly Dictionary<Variable, string> _variables = [];
    private readonly Dictionary<Variable, string> _arrays = [];
    private readonly Dictionary<Variable, string> _old = [];
    private readonly Dictionary<Variable, string> _oldArrays = [];
    private readonly Dictionary<PreparedAction, string> _actions = [];

    private Promela(PreparedModel model)
    {
        _model = model;
        foreach (var variable in model.Variables)
        {
            _variables[variable] = _names.Global(variable.Name);
        }

        foreach (var type in model.Types.Where(t => t is SortType or EnumType))
        {
            for (int code = 0; code < model.Scope.Cardinality(type); code++)
            {
                _values[(type, code)] = _names.Global(
                    type is EnumType e ? $"{e.Name}_{e.Members[code]}" : $"{((SortType)type).Prefix}{code}");
            }
        }

        foreach (var variable in model.Variables)
        {
            _arrays[variable] = variable.Index.Length > 1 ? _names.Global($"{variable.Name}_cells") : _variables[variable];
            _old[variable] = _names.Global($"old_{variable.Name}");
            _oldArrays[variable] = variable.Index.Length > 1 ? _names.Global($"old_{variable.Name}_cells") : _old[variable];
        }

        foreach (var action in model.Actions)
        {
            _actions[action] = _names.Global(action.Name);
        }
    }

    public static string Write(PreparedModel model, IEnumerable<string> head)
    {
        IntegerRange.Require32Bits(model, "Promela");
        return new Promela(model).Text(head);
    }

    private string Text(IEnumerable<string> head)
    {
        head.ToList().ForEach(_page.Comment);
        _page.Comment("A model may stop anywhere: run pan with -E. A violation ends the run with an assertion that is violated.");
        _page.Comment("-DWITNESS does the same for a witness of a property that asks for one. -DREPORT prints each of the following");
        _page.Comment("properties once, with the number of steps to it, and goes on; with -DBFS the number is the least.");
        foreach (var (number, property) in _model.Properties.Index())
        {
            string kind = property.Declaration.Kind.Traits().Name;
            _page.Comment($"property {number}: {property.Name}, {kind}  ({property.Declaration.Source})");
        }

        foreach (var property in _model.Omitted)
        {
            _page.Comment($"not expressed: {property.Name}, {property.Kind.Traits().Name}  ({property.Source})");
        }

        Reporting();
        Declarations();
        foreach (var action in _model.Actions)
        {
            Action(action);
        }

        Process();
        return _page.ToString();
    }

    private void Reporting()
    {
        _page.Line();
        _page.Line("#ifdef REPORT");
        _page.Line("c_decl {");
        _page.Inside(() =>
        {
            _page.Line($"static char found[{_model.Properties.Length + 1}];");
            _page.Line("static void report(int n, long steps)");
            _page.Line("{");
            _page.Inside(() => _page.Line(
                "if (!found[n]) { found[n] = 1; printf(\"property %d after %ld steps\\n\", n, steps); }"));
            _page.Line("}");
        });
        _page.Line("}");
        _page.Line("#define VIOLATED(n) c_code { report(n, depth); }");
        _page.Line("#define WITNESSED(n) c_code { report(n, depth); }");
        _page.Line("#define STEP_VIOLATED(n) c_code { report(n, depth + 1); }");
        _page.Line("#define STEP_WITNESSED(n) c_code { report(n, depth + 1); }");
        _page.Line("#else");
        _page.Line("#define VIOLATED(n) assert(false)");
        _page.Line("#define STEP_VIOLATED(n) assert(false)");
        _page.Line("#ifdef WITNESS");
        _page.Line("#define WITNESSED(n) assert(false)");
        _page.Line("#define STEP_WITNESSED(n) assert(false)");
        _page.Line("#else");
        _page.Line("#define WITNESSED(n) skip");
        _page.Line("#define STEP_WITNESSED(n) skip");
        _page.Line("#endif");
        _page.Line("#endif");
    }

    private void Declarations()
    {
        _page.Line();
        _page.Line("#define NONE 0");
        _page.Line("#define SOME(x) ((x) + 1)");
        foreach (var ((_, code), name) in _values)
        {
            _page.Line($"#define {name} {code}");
        }

        _page.Line();
        foreach (var variable in _model.Variables)
        {
            var initial = PreparedModel.Initial(variable);
            string start = variable.Rigid is not null ? $" = {{{string.Join(", ", _model.Cells(variable).Select(c => c.Initial))}}}"
                : initial.Code == 0 ? ""
                : $" = {new PromelaWriter(this, []).Write(initial)}";
            Declare(variable, _variables[variable], _arrays[variable], $"{start};  {_page.InLine(variable.Source.ToString())}");
        }

        foreach (var variable in _model.Variables.Where(v => _model.Actions.Any(a => a.Overwritten.Contains(v))))
        {
            Declare(variable, _old[variable], _oldArrays[variable], ";  " + _page.InLine("a copy during a step, and else 0"));
        }
    }

    private void Declare(Variable variable, string name, string array, string rest)
    {
        int cells = Cells(variable);
        string type = variable.Type is BoolType && variable.Index.IsEmpty ? "bool" : "byte";
        _page.Line($"{type} {array}{(variable.Index.IsEmpty ? "" : $"[{cells}]")}{rest}");
        if (variable.Index.Length > 1)
        {
            string[] parameters = [.. variable.Index.Select((_, i) => $"i{i + 1}")];
            string at = parameters.Zip(_model.Scope.Strides(variable.Index)).Aggregate("", (sum, p) =>
                $"{sum}{(sum.Length == 0 ? "" : " + ")}{(p.Second == 1 ? $"({p.First})" : $"({p.First}) * {p.Second}")}");
            _page.Line($"#define {name}({string.Join(", ", parameters)}) {array}[{at}]");
        }
    }

    private int Cells(Variable variable) => variable.Index.Aggregate(1, (n, i) => n * _model.Scope.Cardinality(i));

    private void Action(PreparedAction action)
    {
        _page.Line();
        _page.Comment($"{action.Declaration.Actor}: {action.Declaration.Source}");
        if (action.IsImpossible)
        {
            _page.Comment($"{action.Name} never happens in this instance.");
            return;
        }

        var bound = ImmutableDictionary<Binder, Code>.Empty;
        foreach (var parameter in action.Parameters)
        {
            bound = bound.SetItem(parameter, Code.Closed(_names.Local(parameter.Name, bound.Values)));
        }

        string parameters = action.Parameters.IsEmpty ? "" : $"({string.Join(", ", action.Parameters.Select(p => bound[p]))})";
        var writer = new PromelaWriter(this, []);
        action.Guards.ToList().ForEach(g => _page.Comment(Murphi.Described(g)));
        Macro(
            $"{_actions[action]}_guard{parameters}",
            action.Guards.IsEmpty
                ? ["(true)"]
                : [.. action.Guards.Select((g, i) => (i == 0 ? "" : "&& ") + Wrapped(writer.Write(g.Condition, bound)))]);
        action.Updates.Select(u => u.Source.ToString()).Distinct().ToList().ForEach(_page.Comment);
        Macro($"{_actions[action]}_step{parameters}", [.. Steps(action, bound)]);
    }

    private static string Wrapped(Code code) => $"({code.Text})";

    private void Macro(string name, string[] lines)
    {
        _page.Line($"#define {name} \\");
        _page.Inside(() =>
        {
            foreach (var (number, line) in lines.Index())
            {
                _page.Line(number == lines.Length - 1 ? line : $"{line} \\");
            }
        });
    }

    private IEnumerable<string> Steps(PreparedAction action, ImmutableDictionary<Binder, Code> bound)
    {
        foreach (var (number, property) in _model.About(action))
        {
            string report = property.IsWitnessed ? "STEP_WITNESSED" : "STEP_VIOLATED";
            string found = Wrapped(new PromelaWriter(this, []).Write(property.Found, bound));
            yield return $"if :: {found} -> {report}({number}) :: else -> skip fi;";
        }

        string[] copied = [.. _model.Variables.Where(action.Overwritten.Contains).SelectMany(v =>
            v.Index.IsEmpty ? [$"{_oldArrays[v]} = {_arrays[v]};"]
            : Enumerable.Range(0, Cells(v)).Select(i => $"{_oldArrays[v]}[{i}] = {_arrays[v]}[{i}];"))];
        foreach (string copy in copied)
        {
            yield return copy;
        }

        var before = new PromelaWriter(this, action.Overwritten);
        foreach (string assignment in action.Updates.SelectMany(u => Assignments(u, u.Bulk, before, bound)))
        {
            yield return assignment;
        }

        // The copies are part of SPIN's state, so they must not differ between two equal states.
        foreach (string copy in copied)
        {
            yield return $"{copy[..copy.IndexOf('=', StringComparison.Ordinal)]}= 0;";
        }

        // A step needs at least one statement, also where no update is left.
        yield return "skip";
    }

    private IEnumerable<string> Assignments(
        Update update,
        ImmutableArray<Binder> bulk,
        PromelaWriter before,
        ImmutableDictionary<Binder, Code> bound)
    {
        if (!bulk.IsEmpty)
        {
            return before.Values(bulk[0].Type).SelectMany(v => Assignments(update, bulk[1..], before, bound.SetItem(bulk[0], v)));
        }

        var cell = new PromelaWriter(this, []).Cell(update.Variable, [.. update.Index.Select(i => before.Write(i, bound))], primed: false);
        var value = before.Write(update.Value, bound);
        return [$"{cell} = {(update.When.IsEmpty ? value : before.Choice(before.Write(update.When[0], bound), value, cell))};"];
    }

    private void Process()
    {
        var writer = new PromelaWriter(this, []);
        _page.Line();
        _page.Line("active proctype model()");
        _page.Line("{");
        _page.Line("do");
        foreach (var action in _model.Actions.Where(a => !a.IsImpossible))
        {
            foreach (string arguments in Arguments(action.Parameters.Select(p => writer.Values(p.Type).ToArray())))
            {
                _page.Line($":: d_step {{ {_actions[action]}_guard{arguments} -> {_actions[action]}_step{arguments} }}");
            }
        }

        foreach (var (number, property) in _model.Properties.Index().Where(p => !p.Item.IsAboutSteps))
        {
            _page.Comment($"{property.Name}  ({property.Declaration.Source})");
            string report = property.IsWitnessed ? "WITNESSED" : "VIOLATED";
            _page.Line($":: d_step {{ {Wrapped(writer.Write(property.Found))} -> {report}({number}) }}");
        }

        _page.Comment("SPIN leaves a variable that is never read out of the state. This condition reads all of them.");
        string all = string.Join(" + ", _model.Variables.Select(v => _arrays[v] + (v.Index.IsEmpty ? "" : "[0]")));
        _page.Line($":: d_step {{ (false && ({all}) == 0) -> skip }}");
        _page.Line("od");
        _page.Line("}");
    }

    private static IEnumerable<string> Arguments(IEnumerable<Code[]> values) => values.Any()
        ? values.Aggregate((IEnumerable<string>)[""], (all, codes) =>
            all.SelectMany(before => codes.Select(c => before.Length == 0 ? c.Text : $"{before}, {c.Text}"))).Select(a => $"({a})")
        : [""];

    private sealed class PromelaWriter(Promela file, ImmutableHashSet<Variable> changed) : ExpressionWriter(file._model.Scope)
    {
        protected override string Negation => "!";

        protected override string Conjunction => "&&";

        protected override string Disjunction => "||";

        protected override string Equality => "==";

        protected override string Inequality => "!=";

        public override Code Literal(ModelType type, int code) => type switch
        {
            BoolType => Code.Closed(code == 0 ? "false" : "true"),
            EnumType or SortType => Code.Closed(file._values[(type, code)]),
            OptionType option => code == 0 ? Code.Closed("NONE") : Holding(Literal(option.Element, code - 1)),
            _ => Number(code),
        };

        public override Code Cell(Variable variable, ImmutableArray<Code> index, bool primed)
        {
            string name = changed.Contains(variable) ? file._old[variable] : file._variables[variable];
            return Code.Closed(index.Length switch
            {
                0 => name,
                1 => $"{name}[{index[0]}]",
                _ => $"{name}({string.Join(", ", index)})",
            });
        }

        public Code Choice(Code condition, Code then, Code otherwise) => Conditional(condition, then, otherwise);

        protected override Code Conditional(Code condition, Code then, Code otherwise) =>
            Code.Closed($"({condition.Operand} -> {then.Operand} : {otherwise.Operand})");

        protected override Code Quantifier(Quantified node, ImmutableDictionary<Binder, Code> bound) => Code.Infix(
            node.Kind == QuantifierKind.Forall ? Conjunction : Disjunction,
            Unrolled(node.Binder, node.Body, bound));

        protected override Code Counted(Count node, ImmutableDictionary<Binder, Code> bound) => Sum(node, bound);

        protected override Code Holding(Code element) => Code.Closed($"SOME({element})");
    }
}
