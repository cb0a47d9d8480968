using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk;

/// <summary>Where a node is read as a guard's input: bits of the slot <paramref name="Slot"/> of a word that has its first slot at <paramref name="FirstSlot"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Wire(ulong Mask, int FirstSlot, byte Slot, byte Slots, ushort Word);

/// <summary>
/// What a node leads to: <c>Wires[FirstWire..EndWire]</c>, and <c>Gates[FirstGate..EndGate]</c>, each a gate's number times two, plus
/// one if it reads the node's opposite.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Fanout(int FirstWire, int EndWire, int FirstGate, int EndGate, int Level);

internal enum ValueKind
{
    /// <summary>A is the code.</summary>
    Constant,

    /// <summary>A is a cell.</summary>
    Cell,

    /// <summary>A is a signal.</summary>
    Signal,

    /// <summary>A is a signal; B and C are the values if it is true or false.</summary>
    Choice,

    /// <summary>A and B are values.</summary>
    Sum,

    /// <summary>A and B are values.</summary>
    Difference,
}

/// <summary>What a cell becomes, as a tree in an array.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Value(ValueKind Kind, int A, int B, int C);

/// <summary>What a step does to a cell: the value is a code's complement, or the number of one in <see cref="Circuit.Values"/>.</summary>
/// <param name="Cell">If it is negative, so many assignments after this one are for the case that the signal <paramref name="Value"/> is true.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Assignment(int Cell, int Value);

/// <summary>A cell that a step makes something else of with a label than without: what it makes of it as the model is, and otherwise.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Contrast(Value Here, Value Otherwise);

/// <summary>An instance that depends on a label: it shows it at work if the signal is true, or one of the contrasts is one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Mark(int Label, int Signal, int FirstContrast, int EndContrast);

/// <summary>An action's instances, 64 a word: each guard input has a slot, and an instance is enabled if its bit is set in every slot of its word.</summary>
/// <param name="First">The number of its first instance; instance i has bit i - First, counted over the words.</param>
/// <param name="Slots">Slots a word.</param>
/// <param name="FirstSlot">Word w's slot s is at FirstSlot + (w - FirstWord) * Slots + s.</param>
/// <param name="Labelled">The slots of the inputs that are there because of a label.</param>
internal sealed record ActionLayout(ActionDeclaration Action, int First, int Count, int FirstWord, int Words, int FirstSlot, int Slots,
    ImmutableArray<(int Label, int FirstSlot, int EndSlot)> Labelled);

/// <summary>A property that walks check, with the signals of which any is a violation.</summary>
internal sealed record Watched(PropertyDeclaration Property, bool OfSteps, ImmutableArray<int> Bad);

/// <summary>
/// A finite instance as a network that is brought up to date after each step, instead of computed anew in each state: when a cell
/// changes, two leaves flip, and only what really changes goes on from there. A gate counts its false inputs. Guards are read by
/// 64 at a time. Immutable; a <see cref="Walker"/> has the values. <see cref="CircuitBuilder"/> makes it.
/// </summary>
internal sealed record Circuit(FiniteModel Model, ImmutableArray<ActionLayout> Actions, ImmutableArray<Watched> Watched, ImmutableArray<Watched> Terminal)
{
    /// <summary>By number: in the model's order, those that can fire at all.</summary>
    public ImmutableArray<GroundAction> Instances => Model.Actions;

    public required Fanout[] Fanouts { get; init; }

    public required Wire[] Wires { get; init; }

    public required int[] Gates { get; init; }

    /// <summary>Nodes on a level, at most, from level 0 on.</summary>
    public required int[] LevelSizes { get; init; }

    /// <summary>The action of each word of instances.</summary>
    public required int[] ActionOfWord { get; init; }

    /// <summary>Which instances are enabled in the initial state, by words.</summary>
    public required ulong[] InitialEnabled { get; init; }

    public required int SlotCount { get; init; }

    public required int[] FirstLeaf { get; init; }

    /// <summary>The node for code k of cell c is at FirstLeaf[c] + k, for the cells now and then for those before the step; 0 if nothing reads it.</summary>
    public required int[] LeafAt { get; init; }

    /// <summary>Instance i's are at FirstAssignment[i] to FirstAssignment[i + 1].</summary>
    public required int[] FirstAssignment { get; init; }

    public required Assignment[] Assignments { get; init; }

    public required Value[] Values { get; init; }

    /// <summary>The gate of which a false input is a violation by the state, and that by a step; never true of themselves.</summary>
    public required int StateAlarm { get; init; }

    public required int StepAlarm { get; init; }

    /// <summary>The labels that instances depend on.</summary>
    public required ImmutableArray<string> Labels { get; init; }

    /// <summary>Instance i's are at FirstMark[i] to FirstMark[i + 1].</summary>
    public required int[] FirstMark { get; init; }

    public required Mark[] Marks { get; init; }

    public required Contrast[] Contrasts { get; init; }

    /// <summary>
    /// Nodes that only effects ask for are not kept up to date: they are worked out when they are needed. A node's inputs are at
    /// FirstInput[n] to FirstInput[n + 1], as signals; what a leaf says is in Leaves.
    /// </summary>
    public required bool[] IsKept { get; init; }

    public required int[] FirstInput { get; init; }

    public required int[] Inputs { get; init; }

    public required (int Cell, int Code)[] Leaves { get; init; }

    /// <summary>Of the initial state.</summary>
    public required byte[] InitialValues { get; init; }

    public required int[] InitialCounts { get; init; }

    public required ulong[] InitialSlots { get; init; }

    /// <summary>The action of each instance.</summary>
    public required int[] ActionOfInstance { get; init; }

    public int ActionOf(int instance) => ActionOfInstance[instance];

    public int Cells => Model.Scope.Cells.Length;
}
