using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk.Compile;

/// <summary>The kind of an event. Each kind has its own machine words, with a bit for each condition.</summary>
internal enum EventKind
{
    /// <summary>The guard of an action may have changed its value, for some instance.</summary>
    Touch,

    /// <summary>The guard of an action may have become true.</summary>
    Rise,

    /// <summary>A property may be violated.</summary>
    Suspect,

    /// <summary>A property may be violated by the next step, because the property reads the state before.</summary>
    SuspectLater,
}

/// <summary>
/// The conditions affected by a change of a cell. For each code of each variable it is known which conditions may change, or become
/// true, if a cell of the variable gets or loses this code. For example, losing Host may make <c>own[f] != Host</c> true, and getting
/// Host can only make it false. Two sides of an equation become equal only if one of them gets the value.
/// </summary>
internal sealed class Events
{
    private readonly Scope _scope;
    private readonly Dictionary<Variable, int> _first = [];

    public Events(Scope scope, int actions, int properties)
    {
        _scope = scope;
        int codes = 0;
        foreach (var variable in scope.System.Variables)
        {
            _first[variable] = codes;
            codes += scope.Cardinality(variable.Type);
        }

        (ActionWords, PropertyWords) = ((actions + 63) / 64, (properties + 63) / 64);
        int words = First(EventKind.SuspectLater) + PropertyWords;
        Words = (words + 3) & ~3;
        Table = new ulong[codes * 2 * Words];
    }

    public int ActionWords { get; }

    public int PropertyWords { get; }

    /// <summary>The number of machine words for all kinds together, a multiple of four.</summary>
    public int Words { get; }

    /// <summary>
    /// The words for getting each code, followed by those for losing it, from <see cref="First(Variable)"/> on for each variable.
    /// </summary>
    public ulong[] Table { get; }

    /// <summary>The index of the first word of a kind.</summary>
    public int First(EventKind kind) =>
        kind <= EventKind.Suspect ? (int)kind * ActionWords : ((int)EventKind.Suspect * ActionWords) + PropertyWords;

    /// <summary>The index of the words for the variable's code 0.</summary>
    public int First(Variable variable) => _first[variable] * 2 * Words;

    public void WatchAction(int action, Node guard)
    {
        Rises(guard, true, Mark(EventKind.Rise, action));
        Rises(guard, true, Mark(EventKind.Touch, action));
        Rises(guard, false, Mark(EventKind.Touch, action));
    }

    /// <param name="ofSteps">True if unprimed reads refer to the state before a step.</param>
    public void WatchProperty(int property, Node violation, bool ofSteps)
    {
        var (now, later) = (Mark(EventKind.Suspect, property), Mark(EventKind.SuspectLater, property));
        Rises(violation, true, (read, codes, gets) => (ofSteps && !read.Primed ? later : now)(read, codes, gets));
    }

    private Action<Read, ulong, bool> Mark(EventKind kind, int bit) => (read, codes, gets) =>
    {
        for (int code = 0; code < _scope.Cardinality(read.Type); code++)
        {
            if ((codes & (1UL << code)) != 0)
            {
                Table[First(read.Variable) + (((2 * code) + (gets ? 0 : 1)) * Words) + First(kind) + (bit >> 6)] |= 1UL << bit;
            }
        }
    };

    /// <summary>
    /// Reports the changes which may make the condition true (or false, if <paramref name="truth"/> is false): a read gets or loses
    /// some codes.
    /// </summary>
    private static void Rises(Node node, bool truth, Action<Read, ulong, bool> tell)
    {
        switch (node)
        {
            case Not n:
                Rises(n.Operand, !truth, tell);
                break;
            case Implies n:
                Rises(n.Premise, !truth, tell);
                Rises(n.Conclusion, truth, tell);
                break;
            case Ite n:
                Changes(n.Condition, tell);
                Rises(n.Then, truth, tell);
                Rises(n.Else, truth, tell);
                break;
            case And or Or or Quantified:
                foreach (var child in Fold.Children(node))
                {
                    Rises(child, truth, tell);
                }

                break;
            case Eq { Left.Type: BoolType } n:
                Changes(n.Left, tell);
                Changes(n.Right, tell);
                break;
            case Eq n:
                ulong common = Codes(n.Left) & Codes(n.Right);
                Enters(n.Left, common, truth, tell);
                Enters(n.Right, common, truth, tell);
                break;
            case Read n:
                Enters(n, 2, truth, tell);
                break;
            default:
                Changes(node, tell);
                break;
        }
    }

    /// <summary>Reports the changes which may make the value one of these codes, or no longer one of them.</summary>
    private static void Enters(Node node, ulong codes, bool gets, Action<Read, ulong, bool> tell)
    {
        switch (node)
        {
            case Read n:
                tell(n, codes, gets);
                foreach (var index in n.Index)
                {
                    Changes(index, tell);
                }

                break;
            case Some n:
                Enters(n.Element, codes >> 1, gets, tell);
                break;
            case Ite n:
                Changes(n.Condition, tell);
                Enters(n.Then, codes, gets, tell);
                Enters(n.Else, codes, gets, tell);
                break;
            default:
                Changes(node, tell);
                break;
        }
    }

    private static void Changes(Node node, Action<Read, ulong, bool> tell)
    {
        foreach (var read in Fold.Descendants(node).OfType<Read>())
        {
            tell(read, ulong.MaxValue, true);
        }
    }

    /// <summary>The possible codes of the value, judged by its form.</summary>
    private static ulong Codes(Node node) => node switch
    {
        Lit n when n.Code is >= 0 and < 64 => 1UL << n.Code,
        Some n => Codes(n.Element) << 1,
        Ite n => Codes(n.Then) | Codes(n.Else),
        _ => ulong.MaxValue,
    };
}
