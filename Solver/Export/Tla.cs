using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Proof;

namespace Checker.Solver.Export;

/// <summary>
/// A model in TLA+, for TLC. The module has no sizes: the sorts are constants, to which the configuration gives sets of model values. The
/// members of an enum are strings.
/// </summary>
internal sealed class Tla
{
    /// <summary>The reserved words of TLA+, the operators of the modules it extends, and the definitions of the module itself.</summary>
    private static readonly string[] s_reserved =
    [
        "ACTION", "ASSUME", "ASSUMPTION", "AXIOM", "BOOLEAN", "BY", "CASE", "CHOOSE", "CONSTANT", "CONSTANTS", "COROLLARY", "DEF", "DEFINE",
        "DEFS", "DOMAIN", "ELSE", "ENABLED", "EXCEPT", "EXTENDS", "FALSE", "HAVE", "HIDE", "IF", "IN", "INSTANCE", "LAMBDA", "LEMMA", "LET",
        "LOCAL", "MODULE", "NEW", "OBVIOUS", "OMITTED", "ONLY", "OTHER", "PICK", "PROOF", "PROPOSITION", "PROVE", "QED", "RECURSIVE",
        "SF_", "STATE", "STRING", "SUBSET", "SUFFICES", "TAKE", "TEMPORAL", "THEN", "THEOREM", "TRUE", "UNCHANGED", "UNION", "USE",
        "VARIABLE", "VARIABLES", "WF_", "WITH", "WITNESS", "Nat", "Int", "Cardinality", "IsFiniteSet", "Init", "Next", "Spec", "TypeOK",
        "vars", "X", "S", "F",
    ];

    private readonly Dictionary<SortType, string[]> _elements = [];
    private readonly PreparedModel _model;
    private readonly string _module;
    private readonly Page _page = new("\\*");
    private readonly Page _configuration = new("\\*");
    private readonly Names _names = new(s_reserved);
    private readonly Dictionary<ModelType, string> _types = [];
    private readonly Dictionary<Variable, string> _variables = [];
    private readonly Dictionary<PreparedAction, string> _actions = [];
    private readonly string _none;
    private readonly TlaWriter _writer;

    private Tla(PreparedModel model, string module)
    {
        _model = model;
        _writer = new(this);
        _module = _names.Global(module);
        _none = _names.Global("None");
        foreach (var type in model.Types.Where(t => t is SortType or EnumType))
        {
            _types[type] = _names.Global(type.Name);
        }

        foreach (var variable in model.Variables)
        {
            _variables[variable] = _names.Global(variable.Name);
        }

        foreach (var action in model.Actions)
        {
            _actions[action] = _names.Global(action.Name);
        }
    }

    public static ExportedText Write(PreparedModel model, IEnumerable<string> head, string module) => new Tla(model, module).Text(head);

    private ExportedText Text(IEnumerable<string> head)
    {
        _page.Line($"---- MODULE {_module} ----");
        foreach (string line in head)
        {
            _page.Comment(line);
            _configuration.Comment(line);
        }

        _configuration.Comment("A model may stop anywhere, so a state without successors is no error.");
        _configuration.Line("CHECK_DEADLOCK FALSE");
        _configuration.Line("SPECIFICATION Spec");
        Declarations();
        foreach (var action in _model.Actions)
        {
            Action(action);
        }

        Behaviour();
        Properties();
        _page.Line();
        _page.Line("====");
        _page.Line();
        _page.Line($"The configuration, {_module}.cfg:");
        _page.Line();
        return new($"{_page}{_configuration}", _configuration.ToString());
    }

    private void Declarations()
    {
        _page.Line($"EXTENDS Integers, FiniteSets{(_model.Variables.Any(v => v.Rigid is not null) ? ", TLC" : "")}");
        _page.Line();
        // A rigid function is written with the elements of its sorts, which the module must name then.
        var named = _model.Variables.Where(v => v.Rigid is not null).SelectMany(v => v.Index.Append(v.Type)).OfType<SortType>().ToHashSet();
        string[] sorts = [.. _types.Where(t => t.Key is SortType).Select(t => t.Value), .. named.SelectMany(Elements)];
        _page.Line($"CONSTANTS {string.Join(", ", sorts.Append(_none))}");
        _configuration.Line("CONSTANTS");
        _configuration.Inside(() =>
        {
            _configuration.Line($"{_none} = {_none}");
            foreach (var (type, name) in _types)
            {
                if (type is SortType sort)
                {
                    string[] elements = [.. Elements(sort)];
                    _configuration.Line($"{name} = {{{string.Join(", ", elements)}}}");
                    Array.ForEach(named.Contains(sort) ? elements : [], e => _configuration.Line($"{e} = {e}"));
                }
            }
        });
        _page.Line();
        foreach (var (type, name) in _types)
        {
            if (type is EnumType members)
            {
                _page.Line($"{name} == {{{string.Join(", ", members.Members.Select(m => $"\"{m}\""))}}}");
            }
        }

        _page.Line();
        _page.Line("VARIABLES");
        _page.Inside(() =>
        {
            foreach (var (number, variable) in _model.Variables.Index())
            {
                string comma = number == _model.Variables.Length - 1 ? "" : ",";
                _page.Line($"{_variables[variable]}{comma}  {_page.InLine(variable.Source.ToString())}");
            }
        });
        _page.Line();
        _page.Line($"vars == <<{string.Join(", ", _model.Variables.Select(v => _variables[v]))}>>");
        _page.Line();
        _page.Line("TypeOK ==");
        _page.Inside(() =>
        {
            foreach (var variable in _model.Variables)
            {
                string domain = string.Join(" \\X ", variable.Index.Select(i => SetOf(i).Operand));
                string type = variable.Index.IsEmpty ? SetOf(variable.Type).Text : $"[{domain} -> {SetOf(variable.Type)}]";
                _page.Line($"/\\ {_variables[variable]} \\in {type}");
            }
        });
    }

    private Code SetOf(ModelType type) => type switch
    {
        BoolType => Code.Closed("BOOLEAN"),
        OptionType option => Code.Open($"{SetOf(option.Element)} \\cup {{{_none}}}"),
        RangeType range => Code.Open($"{range.Min}..{range.Max}"),
        _ => Code.Closed(_types[type]),
    };

    private void Action(PreparedAction action)
    {
        _page.Line();
        _page.Comment($"{action.Declaration.Actor}: {action.Declaration.Source}");
        var bound = Bind(action.Parameters, ImmutableDictionary<Binder, Code>.Empty);
        string parameters = action.Parameters.IsEmpty ? "" : $"({string.Join(", ", action.Parameters.Select(p => bound[p]))})";
        _page.Line($"{_actions[action]}{parameters} ==");
        _page.Inside(() =>
        {
            foreach (var guard in action.Guards)
            {
                _page.Comment(Murphi.Described(guard));
                // TLC takes a step for each disjunct of a guard. A comparison is no disjunction.
                bool branches = Fold.Descendants(guard.Condition).Any(n => n is Or or Implies or Ite or Quantified);
                _page.Line($"/\\ {_writer.Write(guard.Condition, bound).Operand}{(branches ? " = TRUE" : "")}");
            }

            foreach (var variable in action.Modified)
            {
                Update[] updates = [.. action.Updates.Where(u => u.Variable == variable)];
                updates.Select(u => u.Source.ToString()).Distinct().ToList().ForEach(_page.Comment);
                _page.Line($"/\\ {_variables[variable]}' = {Next(action, variable, updates, bound)}");
            }

            var kept = _model.Variables.Except(action.Modified).Select(v => _variables[v]).ToList();
            if (kept.Count > 0)
            {
                _page.Line($"/\\ UNCHANGED <<{string.Join(", ", kept)}>>");
            }
        });
    }

    /// <summary>The new value of a variable, as a function.</summary>
    private Code Next(PreparedAction action, Variable variable, Update[] updates, ImmutableDictionary<Binder, Code> bound)
    {
        if (!variable.Index.IsEmpty && updates.All(u => u.Bulk.IsEmpty))
        {
            var changes = updates.Select(u =>
            {
                string index = string.Join(", ", u.Index.Select(i => _writer.Write(i, bound)));
                var value = _writer.Write(u.Value, bound);
                return $"![{index}] = {(u.When.IsEmpty ? value.Text : $"IF {_writer.Write(u.When[0], bound)} THEN {value} ELSE @")}";
            });
            return Code.Closed($"[{_variables[variable]} EXCEPT {string.Join(", ", changes)}]");
        }

        // In general, the value after the step at any index is an expression over the state before it.
        ImmutableArray<Binder> at = [.. variable.Index.Select((type, i) => new Binder($"i{i + 1}", type))];
        var inner = Bind(at, bound);
        Node after;
        try
        {
            after = PostState.Step(
                new Read(variable, [.. at.Select(b => new Bound(b))], Primed: true),
                action.Declaration with { Updates = action.Updates });
        }
        catch (NotEncodableException refused)
        {
            throw new NotExportableException($"{action.Declaration.Source}: the action {action.Name}: {refused.Message}");
        }

        var value = _writer.Write(Simplification.Of(after), inner);
        return at.IsEmpty ? value : Code.Closed($"[{Domain(at, inner)} |-> {value}]");
    }

    /// <summary>The names of the elements of a sort, the same at each call.</summary>
    private string[] Elements(SortType sort)
    {
        if (!_elements.TryGetValue(sort, out string[]? elements))
        {
            elements = [.. Enumerable.Range(0, _model.Scope.SizeOf(sort)).Select(code => _names.Global($"{sort.Prefix}{code}"))];
            _elements.Add(sort, elements);
        }

        return elements;
    }

    /// <summary>The values of a rigid variable, cell by cell.</summary>
    private string Values(Variable variable) =>
        string.Join(" @@ ", _model.Cells(variable).Select(cell =>
        {
            string[] index = [.. cell.Index.Zip(variable.Index, (code, type) => Elements((SortType)type)[code])];
            string at = index.Length == 1 ? index[0] : $"<<{string.Join(", ", index)}>>";
            string value = variable.Type is SortType sort ? Elements(sort)[cell.Initial] : cell.Initial == 0 ? "FALSE" : "TRUE";
            return $"{at} :> {value}";
        }));

    private string Domain(ImmutableArray<Binder> binders, ImmutableDictionary<Binder, Code> bound) =>
        string.Join(", ", binders.Select(b => $"{bound[b]} \\in {SetOf(b.Type)}"));

    private void Behaviour()
    {
        _page.Line();
        _page.Line("Init ==");
        _page.Inside(() =>
        {
            foreach (var variable in _model.Variables)
            {
                if (variable.Rigid is not null)
                {
                    _page.Line($"/\\ {_variables[variable]} = {Values(variable)}");
                    continue;
                }

                var initial = _writer.Write(PreparedModel.Initial(variable));
                ImmutableArray<Binder> at = [.. variable.Index.Select((type, i) => new Binder($"i{i + 1}", type))];
                var bound = Bind(at, ImmutableDictionary<Binder, Code>.Empty);
                _page.Line($"/\\ {_variables[variable]} = {(at.IsEmpty ? initial.Text : $"[{Domain(at, bound)} |-> {initial}]")}");
            }
        });
        _page.Line();
        _page.Line("Next ==");
        _page.Inside(() =>
        {
            foreach (var action in _model.Actions)
            {
                var bound = Bind(action.Parameters, ImmutableDictionary<Binder, Code>.Empty);
                _page.Line(action.Parameters.IsEmpty
                    ? $"\\/ {_actions[action]}"
                    : $"\\/ \\E {Domain(action.Parameters, bound)} : "
                        + $"{_actions[action]}({string.Join(", ", action.Parameters.Select(p => bound[p]))})");
            }
        });
        _page.Line();
        _page.Line("Spec == Init /\\ [][Next]_vars");
    }

    private void Properties()
    {
        _configuration.Line("INVARIANT TypeOK");
        foreach (var property in _model.Properties)
        {
            string name = _names.Global(property.Name);
            _page.Line();
            _page.Comment($"{property.Declaration.Kind.Traits().Name}: {property.Declaration.Source}");
            var formula = _writer.Write(property.IsWitnessed ? new Not(property.Formula) : property.Formula);
            if (property.IsWitnessed)
            {
                _page.Comment($"TLC shows a witness of {property.Name} as a violation of this formula.");
                _configuration.Comment($"To see a witness of {property.Name}:");
            }

            _page.Line($"{name} == {(property.IsAboutSteps ? $"[][{formula}]_vars" : formula.Text)}");
            string line = $"{(property.IsAboutSteps ? "PROPERTY" : "INVARIANT")} {name}";
            _configuration.Line(property.IsWitnessed ? _configuration.InLine(line) : line);
            if (property.IsAboutSteps)
            {
                Loops(property, name);
            }
        }

        foreach (var property in _model.Omitted)
        {
            _page.Line();
            _page.Comment($"Not expressed: {property.Kind.Traits().Name} {property.Name}  ({property.Source})");
        }
    }

    /// <summary>
    /// Writes an invariant for the steps which change nothing, unless they cannot matter: <c>[][..]_vars</c> says nothing about them.
    /// </summary>
    private void Loops(PreparedProperty property, string name)
    {
        var still = Simplification.Of(Unprimed(property.Formula));
        if (still == (property.IsWitnessed ? Node.False : Node.True))
        {
            return;
        }

        string loops = _names.Global($"{name}_Loops");
        var enabled = _model.Actions.Select(a => _writer.Write(a.Parameters.Reverse().Aggregate(
            (Node)new And([.. a.Guards.Select(g => g.Condition), .. a.Updates.Select(Unchanged)]),
            (body, p) => new Quantified(QuantifierKind.Exists, p, body))));
        _page.Comment($"{property.Name} for steps which change nothing: the formula above says nothing about them.");
        _page.Line($"{loops} == {Code.Infix("=>", [
            Code.Infix("\\/", enabled),
            _writer.Write(property.IsWitnessed ? new Not(still) : still)])}");
        string line = $"INVARIANT {loops}";
        _configuration.Line(property.IsWitnessed ? _configuration.InLine(line) : line);
    }

    private static Node Unchanged(Update update) => update.Bulk.Reverse().Aggregate(
        (Node)new Implies(new And(update.When), new Eq(new Read(update.Variable, update.Index, Primed: false), update.Value)),
        (body, b) => new Quantified(QuantifierKind.Forall, b, body));

    private static Node Unprimed(Node node) =>
        node is Read read ? new Read(read.Variable, [.. read.Index.Select(Unprimed)], Primed: false) : Fold.Map(node, Unprimed);

    private ImmutableDictionary<Binder, Code> Bind(ImmutableArray<Binder> binders, ImmutableDictionary<Binder, Code> around) =>
        binders.Aggregate(around, (bound, b) => bound.SetItem(b, Code.Closed(_names.Local(b.Name, bound.Values))));

    private sealed class TlaWriter(Tla file) : ExpressionWriter(file._model.Scope)
    {
        protected override string Negation => "~";

        protected override string Conjunction => "/\\";

        protected override string Disjunction => "\\/";

        protected override string Equality => "=";

        protected override string Inequality => "#";

        public override Code Literal(ModelType type, int code) => type switch
        {
            BoolType => Code.Closed(code == 0 ? "FALSE" : "TRUE"),
            EnumType e => Code.Closed($"\"{e.Members[code]}\""),
            OptionType option => code == 0 ? Code.Closed(file._none) : Literal(option.Element, code - 1),
            _ => Number(code),
        };

        public override Code Cell(Variable variable, ImmutableArray<Code> index, bool primed) => Code.Closed(
            $"{file._variables[variable]}{(primed ? "'" : "")}{(index.IsEmpty ? "" : $"[{string.Join(", ", index)}]")}");

        protected override Code Conditional(Code condition, Code then, Code otherwise) =>
            Code.Open($"IF {condition} THEN {then} ELSE {otherwise}");

        protected override Code Implication(Code premise, Code conclusion) => Code.Infix(premise, "=>", conclusion);

        protected override Code Quantifier(Quantified node, ImmutableDictionary<Binder, Code> bound)
        {
            var inner = file.Bind([node.Binder], bound);
            string kind = node.Kind == QuantifierKind.Forall ? "\\A" : "\\E";
            return Code.Open($"{kind} {file.Domain([node.Binder], inner)} : {Write(node.Body, inner)}");
        }

        protected override Code Counted(Count node, ImmutableDictionary<Binder, Code> bound)
        {
            var inner = file.Bind([node.Binder], bound);
            return Code.Closed($"Cardinality({{{file.Domain([node.Binder], inner)} : {Write(node.Body, inner)}}})");
        }

        protected override Code Holding(Code element) => element;
    }
}
