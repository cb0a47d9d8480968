using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Export;

/// <summary>
/// An instance in Murphi, for Rumur. The elements of a sort and the members of an enum are the numbers from 1, and None is 0, so an
/// option needs no conversion. Sorts are no scalarsets, because counts are compared without symmetry.
/// </summary>
internal sealed class Murphi
{
    /// <summary>The keywords of Murphi and Rumur, and the built-in functions.</summary>
    private static readonly string[] s_reserved =
    [
        "alias", "array", "assert", "assume", "begin", "boolean", "by", "case", "clear", "const", "cover", "do", "else", "elsif", "end",
        "endalias", "endexists", "endfor", "endforall", "endfunction", "endif", "endprocedure", "endrecord", "endrule", "endruleset",
        "endstartstate", "endswitch", "endwhile", "enum", "error", "exists", "false", "for", "forall", "function", "if", "in",
        "interleaved", "invariant", "ismember", "isundefined", "liveness", "multiset", "multisetadd", "multisetcount", "multisetremove",
        "multisetremovepred", "none", "of", "print", "procedure", "process", "program", "property", "put", "real", "record", "return",
        "rule", "ruleset", "scalarset", "startstate", "switch", "then", "to", "traceuntil", "true", "type", "undefine", "union",
        "unionprocedure", "var", "while",
    ];

    private readonly PreparedModel _model;
    private readonly Page _page = new("--");
    private readonly Names _names = new(s_reserved);
    private readonly Dictionary<ModelType, string> _types = [];
    private readonly Dictionary<(ModelType Type, int Code), string> _members = [];
    private readonly Dictionary<Variable, string> _variables = [];
    private readonly Dictionary<Variable, string> _old = [];
    private readonly string _none;

    private Murphi(PreparedModel model)
    {
        _model = model;
        _none = _names.Global("None_");
        foreach (var type in model.Types.Where(t => t is SortType or EnumType or OptionType))
        {
            _types[type] = _names.Global(type is OptionType option ? $"Optional{option.Element.Name}" : type.Name);
        }

        foreach (var type in _types.Keys.OfType<EnumType>())
        {
            for (int code = 0; code < type.Members.Length; code++)
            {
                _members[(type, code)] = _names.Global($"{type.Name}_{type.Members[code]}");
            }
        }

        foreach (var variable in model.Variables)
        {
            _variables[variable] = _names.Global(variable.Name);
        }

        foreach (var variable in model.Variables)
        {
            _old[variable] = _names.Global($"old_{variable.Name}");
        }
    }

    public static string Write(PreparedModel model, IEnumerable<string> head)
    {
        IntegerRange.Require32Bits(model, "Murphi");
        return new Murphi(model).Text(head);
    }

    private string Text(IEnumerable<string> head)
    {
        head.ToList().ForEach(_page.Comment);
        _page.Comment("A model may stop anywhere, and its sums have up to 32 bits:");
        _page.Comment("run Rumur with --deadlock-detection off --symmetry-reduction off --value-type int32_t.");
        Declarations();
        StartState();
        foreach (var action in _model.Actions)
        {
            Rule(action);
        }

        Properties();
        return _page.ToString();
    }

    private void Declarations()
    {
        Section("const", [$"{_none}: 0;", .. _members.Select(m => $"{m.Value}: {m.Key.Code + 1};")]);
        Section("type", _types.Select(t => $"{t.Value}: {Range(t.Key)};"));
        Section("var", _model.Variables.Select(v => $"{_variables[v]}: {Declared(v)};  {_page.InLine(v.Source.ToString())}"));
    }

    private void Section(string name, IEnumerable<string> lines)
    {
        _page.Line();
        _page.Line(name);
        _page.Inside(() => lines.ToList().ForEach(_page.Line));
    }

    private string Range(ModelType type) => type switch
    {
        OptionType option => $"0 .. {_model.Scope.Cardinality(option.Element)}",
        RangeType range => $"{range.Min} .. {range.Max}",
        _ => $"1 .. {_model.Scope.Cardinality(type)}",
    };

    private string TypeOf(ModelType type) => type is BoolType ? "boolean" : _types.GetValueOrDefault(type) ?? Range(type);

    private string Declared(Variable variable) =>
        string.Concat(variable.Index.Select(i => $"array [{TypeOf(i)}] of ")) + TypeOf(variable.Type);

    private void StartState()
    {
        _page.Line();
        _page.Line("startstate \"Initially\" begin");
        _page.Inside(() =>
        {
            var writer = Writer();
            foreach (var cell in _model.Variables.Where(v => v.Rigid is not null).SelectMany(_model.Cells))
            {
                var index = cell.Index.Zip(cell.Variable.Index, (code, type) => writer.Literal(type, code));
                _page.Line($"{writer.Cell(cell.Variable, [.. index], false)} := {writer.Literal(cell.Variable.Type, cell.Initial)};");
            }

            foreach (var variable in _model.Variables.Where(v => v.Rigid is null))
            {
                var binders = variable.Index.Select((type, i) => new Binder($"i{i + 1}", type)).ToImmutableArray();
                var bound = Bind(binders, ImmutableDictionary<Binder, Code>.Empty);
                Loop(binders, bound, () => _page.Line(
                    $"{writer.Cell(variable, [.. binders.Select(b => bound[b])], false)} := "
                        + $"{writer.Write(PreparedModel.Initial(variable))};"));
            }
        });
        _page.Line("end;");
    }

    private void Rule(PreparedAction action)
    {
        _page.Line();
        _page.Comment($"{action.Declaration.Actor}: {action.Declaration.Source}");
        if (action.IsImpossible)
        {
            _page.Comment($"{action.Name} never happens in this instance.");
            return;
        }

        var bound = Bind(action.Parameters, ImmutableDictionary<Binder, Code>.Empty);
        if (!action.Parameters.IsEmpty)
        {
            _page.Line($"ruleset {string.Join("; ", action.Parameters.Select(p => $"{bound[p]}: {TypeOf(p.Type)}"))} do");
        }

        _page.Line($"rule \"{Exporter.Quotable(action.Name)}\"");
        _page.Inside(() => Guards(action, bound));
        _page.Line("==>");
        Body(action, bound);
        _page.Line("end;");
        if (!action.Parameters.IsEmpty)
        {
            _page.Line("end;");
        }
    }

    private void Guards(PreparedAction action, ImmutableDictionary<Binder, Code> bound)
    {
        var writer = Writer();
        if (action.Guards.IsEmpty)
        {
            _page.Line("true");
        }

        foreach (var (number, guard) in action.Guards.Index())
        {
            _page.Comment(Described(guard));
            _page.Line($"{(number == 0 ? "" : "& ")}{writer.Write(guard.Condition, bound).Operand}");
        }
    }

    /// <summary>Returns the comment of a guard: its label, its text and its place.</summary>
    internal static string Described(PreparedGuard guard) => guard.Guard is { } g
        ? $"{(g.Label is null ? "" : $"{g.Label}: ")}{g.Text}  ({g.Source})"
        : "every value stays in its range, and no cell gets two values";

    private void Body(PreparedAction action, ImmutableDictionary<Binder, Code> bound)
    {
        ImmutableHashSet<Variable> needed = action.Overwritten;
        if (!needed.IsEmpty)
        {
            Section("var", _model.Variables.Where(needed.Contains).Select(v => $"{_old[v]}: {Declared(v)};"));
        }

        _page.Line("begin");
        _page.Inside(() =>
        {
            foreach (var (_, property) in _model.About(action))
            {
                _page.Comment($"{property.Name}  ({property.Declaration.Source})");
                _page.Line($"{Claim(property, Writer(), bound)};");
            }

            foreach (var variable in _model.Variables.Where(needed.Contains))
            {
                _page.Line($"{_old[variable]} := {_variables[variable]};");
            }

            var before = Writer(needed);
            foreach (var update in action.Updates)
            {
                Assign(update, before, bound);
            }
        });
    }

    private void Assign(Update update, MurphiWriter before, ImmutableDictionary<Binder, Code> around)
    {
        var bound = Bind(update.Bulk, around);
        Loop(update.Bulk, bound, () =>
        {
            // The cell which is written is never the copy.
            var cell = Writer().Cell(update.Variable, [.. update.Index.Select(i => before.Write(i, bound))], primed: false);
            string assignment = $"{cell} := {before.Write(update.Value, bound)};";
            string where = _page.InLine(update.Source.ToString());
            _page.Line(update.When.IsEmpty
                ? $"{assignment}  {where}"
                : $"if {before.Write(update.When[0], bound)} then {assignment} end;  {where}");
        });
    }

    private void Properties()
    {
        foreach (var property in _model.Properties.Where(p => !p.IsAboutSteps))
        {
            _page.Line();
            _page.Comment($"{property.Declaration.Kind.Traits().Name}: {property.Declaration.Source}");
            _page.Line($"{Claim(property, Writer(), ImmutableDictionary<Binder, Code>.Empty)};");
        }

        foreach (var property in _model.Omitted)
        {
            _page.Line();
            _page.Comment($"Not expressed: {property.Kind.Traits().Name} {property.Name}  ({property.Source})");
        }
    }

    /// <summary>Writes a property of a state, or of a rule's step. A property with witnesses is covered, any other is checked.</summary>
    private string Claim(PreparedProperty property, MurphiWriter writer, ImmutableDictionary<Binder, Code> bound)
    {
        string verb = property.IsWitnessed ? "cover" : property.IsAboutSteps ? "assert" : "invariant";
        return $"{verb} \"{Exporter.Quotable(property.Name)}\" {writer.Write(property.Formula, bound).Operand}";
    }

    private ImmutableDictionary<Binder, Code> Bind(ImmutableArray<Binder> binders, ImmutableDictionary<Binder, Code> around) =>
        binders.Aggregate(around, (bound, b) => bound.SetItem(b, Code.Closed(_names.Local(b.Name, bound.Values))));

    private void Loop(ImmutableArray<Binder> binders, ImmutableDictionary<Binder, Code> bound, Action body)
    {
        if (binders.IsEmpty)
        {
            body();
            return;
        }

        _page.Line($"for {bound[binders[0]]}: {TypeOf(binders[0].Type)} do");
        _page.Inside(() => Loop(binders[1..], bound, body));
        _page.Line("end;");
    }

    /// <param name="changed">The variables whose value before the step is a copy.</param>
    private MurphiWriter Writer(ImmutableHashSet<Variable>? changed = null) => new(this, changed ?? []);

    private sealed class MurphiWriter(Murphi file, ImmutableHashSet<Variable> changed) : ExpressionWriter(file._model.Scope)
    {
        protected override string Negation => "!";

        protected override string Conjunction => "&";

        protected override string Disjunction => "|";

        protected override string Equality => "=";

        protected override string Inequality => "!=";

        public override Code Literal(ModelType type, int code) => type switch
        {
            BoolType => Code.Closed(code == 0 ? "false" : "true"),
            EnumType => Code.Closed(file._members[(type, code)]),
            SortType => Number(code + 1),
            OptionType option => code == 0 ? Code.Closed(file._none) : Literal(option.Element, code - 1),
            _ => Number(code),
        };

        public override Code Cell(Variable variable, ImmutableArray<Code> index, bool primed) => Code.Closed(
            (changed.Contains(variable) ? file._old[variable] : file._variables[variable])
                + string.Concat(index.Select(i => $"[{i}]")));

        protected override Code Conditional(Code condition, Code then, Code otherwise) =>
            Code.Open($"{condition.Operand} ? {then.Operand} : {otherwise.Operand}");

        protected override Code Implication(Code premise, Code conclusion) => Code.Infix(premise, "->", conclusion);

        protected override Code Quantifier(Quantified node, ImmutableDictionary<Binder, Code> bound)
        {
            var inner = file.Bind([node.Binder], bound);
            string kind = node.Kind == QuantifierKind.Forall ? "forall" : "exists";
            return Code.Open($"{kind} {inner[node.Binder]}: {file.TypeOf(node.Binder.Type)} do {Write(node.Body, inner)} end");
        }

        protected override Code Counted(Count node, ImmutableDictionary<Binder, Code> bound) => Sum(node, bound);

        protected override Code Holding(Code element) => element;
    }
}
