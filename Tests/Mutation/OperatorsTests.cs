using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Mutation;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Mutation;

/// <summary>The operators make the mutants they name, each once.</summary>
public sealed class OperatorsTests
{
    private enum Phase
    {
        Idle,
        First,
        Second,
        Done,
    }

    private readonly struct Worker : ISort;

    private sealed class Machine : Spec
    {
        private readonly Var<Worker, Phase> phase = new();
        private readonly Var<bool> dirty = new();

        public Machine()
        {
            Label("clean", "the machine is clean before it starts");
            Action<Worker>("Start", w =>
            {
                Require(phase[w] == Phase.Idle);
                Require("clean", !dirty.Value);
                phase[w] = Phase.First;
            });
            Action<Worker>("Work", w =>
            {
                Require(Working(w));
                phase[w] = Phase.Second;
                dirty.Value = true;
            });
            Action<Worker>("Wipe", w =>
            {
                Require(phase[w] == Phase.Second);
                phase[w] = Phase.Done;
                dirty.Value = false;
            });
            Reachable("Works", Exists<Worker>(w => phase[w] == Phase.Done));
        }

        private Term<bool> Working(Term<Worker> w) => Define(w, phase[w] == Phase.First & !dirty.Value);
    }

    private static readonly TransitionSystem s_model = new Machine().Build();

    [Fact]
    public void Each_kind_is_there()
    {
        var names = Operators.Of(s_model).Select(m => m.Name).ToList();

        // The only labelled guard of its action: dropping the conjunct equals dropping the label, so there is one mutant.
        Assert.Equal(["clean", "Start.guard1", "Work.guard1", "Work.guard2", "Wipe.guard1"], names[..5]);
        Assert.Equal(["Start.update1", "Work.update1", "Work.update2", "Wipe.update1", "Wipe.update2"], names[5..10]);
        Assert.Equal(["Start.update1.1=Idle", "Start.update1.1=Second", "Start.update1.1=Done"], names[10..13]);
        Assert.Equal(["Start<->Work", "Work<->Wipe"], names[19..]);
    }

    [Fact]
    public void A_swap_exchanges_two_steps_and_their_places()
    {
        var swap = Operators.Of(s_model).Single(m => m.Name == "Work<->Wipe").System;

        Assert.Equal("phase[w] == Second & !dirty", Guard(swap.Action("Work")));
        Assert.Equal("phase[w] == First", Guard(swap.Action("Wipe")));
        Assert.Equal("Done", Printer.Print(swap.Action("Work").Updates[0].Value));
        Assert.Equal("Second", Printer.Print(swap.Action("Wipe").Updates[0].Value));

        static string Guard(ActionDeclaration action) => string.Join(" & ", action.Guards.Select(g => Printer.Print(g.Condition)));
    }

    [Fact]
    public void A_guard_is_left_out_of_one_action_alone()
    {
        var mutant = Operators.Of(s_model).Single(m => m.Name == "Work.guard2");

        Assert.Equal("Work without !dirty", mutant.Text);
        Assert.Equal(["Work"], mutant.Actions);
        Assert.Same(s_model.Action("Start"), mutant.System.Action("Start"));
        Assert.NotEqual(Structure.Of(s_model, s_model.Action("Work")), Structure.Of(mutant.System, mutant.System.Action("Work")));
    }

    /// <summary>A label may occur anywhere, even in the index of an update.</summary>
    [Fact]
    public void A_label_in_an_index_tells_two_actions_apart()
    {
        var system = new Pointing().Build();

        Assert.NotEqual(Structure.Of(system, system.Action("Point")), Structure.Of(system.Without("left"), system.Action("Point")));
    }

    private readonly struct Spot : ISort;

    private sealed class Pointing : Spec
    {
        private readonly Var<Spot, bool> seen = new();

        public Pointing()
        {
            Label("left", "points to the left");
            Action<Spot, Spot>("Point", (left, right) => seen[Cond(Has("left"), left, right)] = true);
        }
    }

    [Fact, Trait("Tier", "slow")]
    public void No_two_mutants_of_a_design_are_the_same()
    {
        foreach (var design in Registry.Get("GuestMemory").Designs)
        {
            var model = Registry.Get("GuestMemory").Build(design);
            var mutants = Operators.Of(model);

            Assert.Equal(mutants.Length, mutants.Select(m => m.Name).Distinct().Count());
            Assert.Equal(
                mutants.Length,
                mutants.Select(m => string.Join('\n', m.System.Actions.Select(a => $"{a.Name} {Structure.Of(m.System, a)}")))
                    .Distinct()
                    .Count());
        }
    }

    [Fact]
    public void Typical_designs_have_every_action_and_every_label()
    {
        foreach (var protocol in Registry.All)
        {
            Assert.Equal(Names(protocol.Designs), Names(protocol.TypicalDesigns));

            IEnumerable<string> Names(IEnumerable<Design> designs) =>
                designs.Select(protocol.Build)
                    .SelectMany(m => m.Actions)
                    .SelectMany(a => a.Labels.Prepend(a.Name))
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .ToList();
        }
    }

    [Fact]
    public void Conversions_are_swapped_step_by_step()
    {
        var protocol = Registry.Get("GuestMemory");
        var swaps = Operators.Of(protocol.Build(protocol.Designs.Single(d => d.Id == "snp,attribute,separate,spurious")))
            .Where(m => m.Kind == MutationKind.Swap)
            .Select(m => m.Name)
            .ToList();

        Assert.Subset(
            swaps.ToHashSet(),
            new HashSet<string>
            {
                "SetFlush<->SetReclaim",
                "SetReclaim<->SetStore",
                "PunchFlush<->PunchUnmapUser",
                "DiscardUnmap<->DiscardFree"
            });
        Assert.DoesNotContain("SetFlush<->PunchFlush", swaps);
    }
}
