using Checker.Model.Language;
using static Checker.Model.Language.Logic;
using Record = Checker.Model.Language.Record;

#pragma warning disable IDE0055 // the columns of a comment and the line below it
namespace Checker.Tests.Language.Wrong;

// Every model here is wrong. A comment `error CODE: MESSAGE` predicts a diagnostic at the next line of code. In it, `@-2` stands
// for the place two lines above this line. DiagnosticTests builds each model and compares all diagnostics with the comments.

public readonly struct Page : ISort;

public enum Phase
{
    Idle,
    Busy,
}

public enum Big
{
    M0, M1, M2, M3, M4, M5, M6, M7, M8, M9, M10, M11, M12, M13, M14, M15, M16, M17, M18, M19, M20, M21, M22, M23, M24, M25,
    M26, M27, M28, M29, M30, M31, M32, M33, M34, M35, M36, M37, M38, M39, M40, M41, M42, M43, M44, M45, M46, M47, M48, M49,
    M50, M51, M52, M53, M54, M55, M56, M57, M58, M59, M60, M61, M62, M63, M64,
}

public enum Full
{
    M0, M1, M2, M3, M4, M5, M6, M7, M8, M9, M10, M11, M12, M13, M14, M15, M16, M17, M18, M19, M20, M21, M22, M23, M24, M25,
    M26, M27, M28, M29, M30, M31, M32, M33, M34, M35, M36, M37, M38, M39, M40, M41, M42, M43, M44, M45, M46, M47, M48, M49,
    M50, M51, M52, M53, M54, M55, M56, M57, M58, M59, M60, M61, M62, M63,
}

public enum Sparse
{
    One = 1,
    Two = 2,
}

public sealed class Job : Record
{
    public Term<Option<Page>> Page { get => Get<Option<Page>>(); set => Set(value); }

    public Term<Phase> Phase { get => Get<Phase>(); set => Set(value); }
}

internal sealed class UpdatesOneLocationTwice : Spec
{
    public readonly Var<Page, bool> dirty = new();
    public readonly Var<bool> any = new();
    public readonly RecordVar<Page, Job> job = new();

    public UpdatesOneLocationTwice()
    {
        Action<Page>("Clean", p =>
        {
            dirty[p] = true;
            // error M101: Clean updates dirty[p] twice: here and at @-2
            dirty[p] = false;
        });
        Action<Page>("CleanOnABranch", p =>
        {
            dirty[p] = true;
            // error M101: CleanOnABranch updates dirty[p] twice: here and at @-2
            If(any.Value, () => dirty[p] = false);
        });
        // error M101: Scalar updates any twice: here and at @0
        Action("Scalar", () =>
        {
            any.Value = true;
            any.Value = false;
        });
        Action<Page>("Restart", p =>
        {
            job[p].Reset();
            // error M101: Restart updates job[p].phase twice: here and at @-2
            job[p].Phase = Phase.Busy;
        });
    }
}

internal sealed class ReadsAfterWriting : Spec
{
    public readonly Var<Page, bool> here = new();
    public readonly Var<Page, bool> there = new();
    public readonly RecordVar<Page, Job> job = new();

    public ReadsAfterWriting()
    {
        Action<Page>("Swap", p =>
        {
            here[p] = there[p];
            // error M102: Swap reads here after updating it; all updates are simultaneous: bind the old value to a local first
            there[p] = here[p];
        });
        Action<Page>("OnTheSameBranch", p => If(there[p], () =>
        {
            here[p] = true;
            // error M102: OnTheSameBranch reads here after updating it; all updates are simultaneous: bind the old value to a local first
            there[p] = here[p];
        }));
        Action<Page>("OnOtherBranches", p => If(there[p], () => here[p] = true, () => there[p] = here[p]));   // is no mistake
        Action<Page, Page>("OfARecord", (p, q) =>
        {
            job[p].Phase = Phase.Busy;
            // error M102: OfARecord reads job.phase after updating it; all updates are simultaneous: bind the old value to a local first
            here[q] = job[q].Phase == Phase.Busy;
        });
    }
}

internal abstract class HasAVariable : Spec
{
    private readonly Var<bool> _flag = new();

    protected void Set() => _flag.Value = true;
}

internal sealed class UsesNamesTwice : HasAVariable
{
    // error M103: two variables are called flag: here and at @-8
    public readonly Var<bool> flag = new();

    public UsesNamesTwice()
    {
        Label("hold", "once");
        // error M103: two labels are called hold: here and at @-2
        Label("hold", "twice");
        Action("Go", Set);
        // error M103: two actions are called Go: here and at @-2
        Action("Go", () => flag.Value = true);
        Operation("drive", flag.Value);
        // error M103: two operations are called drive: here and at @-2
        Operation("drive", !flag.Value);
        Invariant("Safe", flag.Value);
        // error M103: two properties are called Safe: here and at @-2
        Reachable("Safe", flag.Value);
    }
}

internal sealed class GivesWrongValues : Spec
{
    public readonly Var<Page, Phase> phase = new();
    // error M104: the initial value of idle is None, and Phase has no such value
    public readonly Var<Phase> idle = new(None);
    public readonly Var<Page, int> level = new(min: 1, max: 4);
    public readonly Var<int> total = new(min: 0, max: 3);
    public readonly Var<Phase, bool> seen = new();
    public readonly Var<Option<Phase>> last = new();

    public GivesWrongValues(int initial = 5)
    {
        // error M104: the initial value of total is 5, outside 0..3
        total.Initially(initial);
        // error M104: Empty gives phase, of type Phase, the value None
        Action<Page>("Empty", p => phase[p] = None);
        // error M104: Fill gives level, of type 1..4, the value 5
        Action<Page>("Fill", p => level[p] = 5);
        // error M104: Drain gives level, of type 1..4, the value (if phase[p] == Busy then 0 else 1)
        Action<Page>("Drain", p => level[p] = Cond<int>(phase[p] == Phase.Busy, 0, 1));
        Action<Page>("Look", p =>
        {
            // error M104: Look compares phase[p] of type Phase with None
            Require(phase[p] == None);
            // error M104: Look compares phase[p] of type Phase with None
            Require(None != phase[p]);
            idle.Value = phase[p];
        });
        // error M104: Turn uses None as a value of type Phase, which has no such value
        Action<Page>("Turn", p => seen[None] = true);
        Action<Page>("Hold", p =>
        {
            // error M104: Hold uses None as a value of type Phase, which has no such value
            Require(last.Value == (Term<Option<Phase>>)(Term<Phase>)None);
            last.Value = phase[p];
        });
        // error M104: Seen uses None as a value of type Phase, which has no such value
        Invariant("Seen", seen[None]);
    }
}

internal sealed class UsesTypesThatThereAreNot : Spec
{
    // error M105: String is not a type of the model language: use bool, an enum, a sort (struct S : ISort), Option<..> of these, or int with a range
    public readonly Var<Page, string> name = new();
    // error M105: Job is a record: declare it as RecordVar<.., Job>
    public readonly Var<Page, Job> job = new();
    // error M105: count is an int without a range: give it its least and greatest value
    public readonly Var<int> count = new();
    // error M105: an option holds an element of a sort or an enum, not Boolean
    public readonly Var<Option<bool>> maybe = new();
    // error M105: wide ranges over 0..64; an integer of a model lies between 0 and 63
    public readonly Var<int> wide = new(min: 0, max: 64);
    // error M105: below ranges over -1..1; an integer of a model lies between 0 and 63
    public readonly Var<int> below = new(min: -1, max: 1);
    // error M105: empty ranges over 3..2; an integer of a model lies between 0 and 63
    public readonly Var<int> empty = new(min: 3, max: 2);
    // error M105: slot is indexed by int: use an enum or a sort
    public readonly Var<int, bool> slot = new();
    public readonly Var<bool> flag = new();

    public UsesTypesThatThereAreNot()
    {
        // error M105: Count ranges over n of type int: use an enum or a sort
        Action<int>("Count", n => flag.Value = true);
        // error M105: NoneNegative ranges over n of type int: use an enum or a sort
        Invariant("NoneNegative", Forall<int>(n => n >= 0));
    }
}

internal sealed class NestsGuards : Spec
{
    public readonly Var<Page, bool> dirty = new();

    public NestsGuards()
    {
        Label("zap", "a step");
        Action<Page>("InIf", p =>
        {
            dirty[p] = false;
            // error M106: InIf: Require(!held) inside If, ForEach or Step; a guard is unconditional: write Require(condition.Implies(..))
            If(true, () => { Term<bool> held = false; Require(!held); });
        });
        Action<Page>("InForEach", p =>
        {
            // error M106: InForEach: Require(q == p) inside If, ForEach or Step; a guard is unconditional: write Require(condition.Implies(..))
            ForEach<Page>(q => Require(q == p));
            dirty[p] = false;
        });
        Action<Page>("InStep", p =>
        {
            // error M106: InStep: Require(dirty[p]) inside If, ForEach or Step; a guard is unconditional: write Require(condition.Implies(..))
            Step("zap", () => Require(dirty[p]));
            dirty[p] = false;
        });
    }
}

internal sealed class SpeaksOutsideActions : Spec
{
    public readonly Var<Phase, bool> seen = new();
    // error M107: flag is updated outside an action
    public readonly Var<bool> flag = new();

    public SpeaksOutsideActions()
    {
        // error M107: Require(flag.Value) outside an action
        Require(flag.Value);
        // error M107: If or Step outside an action
        If(flag.Value, () => flag.Value = false);
        // error M107: ForEach outside an action
        ForEach<Page>(_ => flag.Value = false);
        // error M107: seen is updated outside an action
        seen[Phase.Busy] = true;
        flag.Value = true;
        Action("Go", () => flag.Value = true);
    }
}

internal sealed class MisplacesNext : Spec
{
    public readonly Var<Page, bool> dirty = new();

    public MisplacesNext()
    {
        Action<Page>("Clean", p =>
        {
            // error M108: Clean reads dirty after the step; Next(..) belongs into a step property
            Require(Next(dirty[p]));
            dirty[p] = false;
        });
        // error M108: Copy reads dirty after the step; Next(..) belongs into a step property
        Action<Page, Page>("Copy", (p, q) => dirty[p] = Next(dirty[q]));
        // error M108: NeverDirty reads dirty after the step; Next(..) belongs into a step property
        Invariant("NeverDirty", Forall<Page>(p => !Next(dirty[p])));
        // error M108: EndsClean reads dirty after the step; Next(..) belongs into a step property
        Terminal("EndsClean", Forall<Page>(p => !Next(dirty[p])));
        // error M108: the operation wash reads dirty after the step; Next(..) belongs into a step property
        Operation("wash", Exists<Page>(p => Next(dirty[p])));
        StepInvariant("StaysClean", Forall<Page>(p => Next(dirty[p]).Implies(dirty[p])));   // is no mistake
    }
}

internal sealed class UsesUnknownLabels : Spec
{
    public readonly Var<Page, bool> dirty = new();

    public UsesUnknownLabels()
    {
        Label("zap", "is declared");
        Action<Page>("Clean", p =>
        {
            // error M109: Clean uses the label 'zep', which is not declared: add Label("zep", "its purpose")
            Require("zep", dirty[p]);
            // error M109: Clean uses the label 'zip', which is not declared: add Label("zip", "its purpose")
            Step("zip", () => dirty[p] = false);
        });
        // error M109: Labelled uses the label 'zop', which is not declared: add Label("zop", "its purpose")
        Invariant("Labelled", Has("zap") | Has("zop"));
    }
}

internal sealed class LeaksBoundVariables : Spec
{
    public readonly Var<Page, bool> dirty = new();

    public LeaksBoundVariables()
    {
        Term<Page> leaked = default;
        Action<Page>("Clean", p =>
        {
            leaked = p;
            dirty[p] = false;
        });
        Action<Page>("Spoil", q =>
        {
            // error M110: Spoil uses p outside the quantifier or action that binds it
            Require(!dirty[leaked]);
            dirty[q] = true;
        });
        // error M110: Safe uses p outside the quantifier or action that binds it
        Invariant("Safe", Forall<Page>(q => dirty[q] | !dirty[leaked]));
    }
}

internal sealed class UsesAnOddEnum : Spec
{
    // error M111: the members of Sparse must be 0, 1, 2, ...
    public readonly Var<Page, Sparse> value = new();

    public UsesAnOddEnum()
    {
        Action<Page>("Set", p => value[p] = Sparse.Two);
    }
}

internal sealed class HasTooManyValues : Spec
{
    // error M117: big uses Big, which has 65 values; at most 64 are allowed
    public readonly Var<Big> big = new();

    // error M117: none uses Full?, which has 65 values; at most 64 are allowed
    public readonly Var<Option<Full>> none = new();

    public readonly Var<Full> full = new();

    public HasTooManyValues()
    {
        // error M117: Set uses Big, which has 65 values; at most 64 are allowed
        Action<Big>("Set", b => big.Value = b);
        Action<Full>("Fill", f => full.Value = f);

        // error M117: Some uses Full?, which has 65 values; at most 64 are allowed
        Invariant("Some", Exists<Option<Full>>(o => none.Value == o));
    }
}

internal sealed class DoesNothing : Spec
{
    public readonly Var<Page, bool> dirty = new();

    public DoesNothing()
    {
        // error M112: Look updates nothing
        Action<Page>("Look", p => Require(dirty[p]));
    }
}

internal sealed class TellsImpossibleStories : Spec
{
    public readonly Var<Page, bool> dirty = new();

    public TellsImpossibleStories()
    {
        Action<Page>("Clean", p => dirty[p] = false);
        // error M113: scenario Story names an action Spoil that does not exist
        Scenario("Story", ["Clean", "Spoil"], true);
        // error M113: scenario Silence names no action
        Scenario("Silence", [], true);
    }
}

internal sealed class HasNoInitialValues : Spec
{
    // error M114: owner needs an initial value, but nothing names an element of Page: use Option<Page> and None
    public readonly Var<Phase, Page> owner = new();
    public readonly Var<bool> here = new();
    public readonly Var<bool> there = new();

    public HasNoInitialValues()
    {
        // error M114: the initial value of here is !there, not a constant
        here.Initially(!there.Value);
        Action("Go", () => there.Value = true);
    }
}

internal sealed class HasNoVariables : Spec
{
    public HasNoVariables()
    {
        // error M112: Go updates nothing
        // error M115: HasNoVariables has no variables
        Action("Go", () => Require(true));
    }
}

internal sealed class HasNoActions : Spec
{
    // error M115: HasNoActions has no actions
    public readonly Var<bool> flag = new();

    public HasNoActions()
    {
        Invariant("Off", !flag.Value);
    }
}

internal sealed class AimsByTheState : Spec
{
    public readonly Var<Page, Phase> phase = new();
    public readonly Var<Phase, bool> seen = new();

    public AimsByTheState()
    {
        // error M116: Note updates seen at an index that depends on the state; take the element as a parameter and require that it is the one
        Action<Page>("Note", p => seen[phase[p]] = true);
    }
}

internal sealed class HasManyMistakes : Spec
{
    public readonly Var<Page, Phase> phase = new();

    public HasManyMistakes()
    {
        // error M113: scenario Story names an action Missing that does not exist
        Scenario("Story", ["Missing"], true);
        // error M109: Work uses the label 'fence', which is not declared: add Label("fence", "its purpose")
        // error M112: Work updates nothing
        Action<Page>("Work", p => Require("fence", phase[p] == Phase.Idle));
        Action<Page>("Rest", p =>
        {
            phase[p] = Phase.Idle;
            // error M101: Rest updates phase[p] twice: here and at @-4
            // error M102: Rest reads phase after updating it; all updates are simultaneous: bind the old value to a local first
            // error M104: Rest gives phase, of type Phase, the value (if phase[p] == Busy then None else Idle)
            phase[p] = Cond<Phase>(phase[p] == Phase.Busy, None, Phase.Idle);
        });
        // error M108: Safe reads phase after the step; Next(..) belongs into a step property
        Invariant("Safe", Forall<Page>(p => Next(phase[p]) == Phase.Idle));
    }
}

internal sealed class FailsWithoutAPath : Spec
{
    private readonly Var<Page, bool> done = new();
    private readonly Var<bool> other = new();

    public FailsWithoutAPath()
    {
        Label("a.call", "the answer counts");
        Action<Page>("None", p =>
            // error M121: None: Attempt(a.call) has no error path; write what happens after the failure, or Unchanged
            Attempt("a.call", () => done[p] = true, Unchanged, () => { }));
        Action("Each", () => ForEach<Page>(p =>
        {
            done[p] = false;
            // error M122: Each: Attempt(a.call) inside ForEach; the action has one outcome of it, not one for each element: make the call for one element in an action
            Attempt("a.call", () => done[p] = true, Unchanged, Unchanged);
        }));
        Action<Page>("Two", p =>
        {
            Attempt("a.call", () => done[p] = true, Unchanged, Unchanged);
            // error M103: Two: two calls have an outcome called call; the part of a label behind its last dot names the outcome
            Attempt("b.call", () => other.Value = true, Unchanged, Unchanged);
        });
        // error M107: Attempt outside an action
        Attempt("a.call", () => { }, Unchanged, Unchanged);
    }
}

internal sealed class ComparesWithoutAnOrder : Spec
{
    private readonly Var<Page, bool> done = new();

    public ComparesWithoutAnOrder() => Action<Page, Page>("Compare", (p, q) =>
    {
        // error M123: p and q are compared, but Page is a sort without an order: declare `struct Page : IOrderedSort`, which gives up its symmetry
        Require(p < q);
        done[p] = true;
    });
}
