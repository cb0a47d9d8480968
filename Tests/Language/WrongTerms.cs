using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Language.Wrong;

// More wrong models: their C# code builds invalid terms, or fails. The comments are as in WrongModels.cs.

internal sealed class UsesTermsThatAreNone : Spec
{
    public readonly Var<bool> flag = new();
    public readonly Var<Option<Page>> page = new();
    public readonly Var<Phase> phase = new();

    public UsesTermsThatAreNone()
    {
        // error M118: a term that was never given an expression, default(Term), is used
        Action("Set", () => flag.Value = default(Term<bool>));
        Action("Guarded", () =>
        {
            // error M118: a term that was never given an expression, default(Term), is used
            Require(default(Term<bool>));
            flag.Value = true;
        });
        // error M118: 7 is no member of Phase
        Action("Jump", () => phase.Value = (Phase)7);
        // error M118: Page has no constants: elements of a sort are only ever bound by quantifiers and parameters
        Invariant("Never", page.Value != (Term<Page>)default(Page));
        // error M118: a term that was never given an expression, default(Term), is used
        Reachable("Some", flag.Value & default(Term<bool>));
    }
}

internal sealed class Throws : Spec
{
    public readonly Var<bool> flag = new();

    public Throws()
    {
        // error M119: Set throws FormatException: boom A body only says guards and updates
        Action("Set", () =>
        {
            flag.Value = true;
            throw new FormatException("boom");
        });
        // error M119: InIf throws FormatException: bang A body only says guards and updates
        Action("InIf", () => If(flag.Value, () => throw new FormatException("bang")));
        Action("Clear", () => flag.Value = false);   // is no mistake
    }
}

internal sealed class UsesVariablesThatAreNoFields : Spec
{
    public readonly Var<bool> flag = new();

    public UsesVariablesThatAreNoFields()
    {
        // error M120: this variable is no field of the model, and has no name: declare it as an instance field of the model's class
        var local = new Var<bool>();
        // error M120: this variable is no field of the model, and has no name: declare it as an instance field of the model's class
        var indexed = new Var<Page, bool>();
        Action("Set", () => flag.Value = local.Value);
        Action<Page>("SetAt", p => indexed[p] = true);
        Action("Clear", () => flag.Value = false);   // is no mistake
    }
}

internal sealed class AsksAboutUnknownActions : Spec
{
    public readonly Var<Page, bool> dirty = new();

    public AsksAboutUnknownActions()
    {
        Action<Page>("Clean", p => dirty[p] = false);
        // error M113: Enabled asks about an action Clen that does not exist, or is declared later
        Invariant("Unknown", Forall<Page>(p => Enabled("Clen", p)));
        // error M113: Enabled asks about an action Clean with a Phase, and it has no such parameter
        Invariant("OfAnotherType", Forall<Phase>(p => Enabled("Clean", p)));
        // error M108: Next(dirty'[p]) inside Next: a step has one state before it and one after it
        StepInvariant("Twice", Forall<Page>(p => Next(Next(dirty[p]))));
    }
}

internal sealed class RangesOverTypesThatThereAreNot : Spec
{
    public readonly Var<bool> flag = new();

    public RangesOverTypesThatThereAreNot()
    {
        // error M105: String is not a type of the model language: use bool, an enum, a sort (struct S : ISort), Option<..> of these, or int with a range
        Action<string>("Say", _ => flag.Value = true);
        // error M111: the members of Sparse must be 0, 1, 2, ...
        Invariant("Every", Forall<Sparse>(_ => flag.Value));
    }
}
