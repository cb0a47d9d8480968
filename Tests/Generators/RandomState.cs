using Checker.Model.Language;

namespace Checker.Tests.Generators;

/// <summary>The variables of a random model. Those not in its description are null, so they are not part of the model.</summary>
internal abstract class RandomState(RandomModel description) : Spec
{
    public readonly Var<A, bool>? flag = description.Variables.Contains(Palette.Flag) ? new() : null;
    public readonly Var<int>? level = description.Variables.Contains(Palette.Level) ? new(0, 3) : null;
    public readonly Var<A, Option<B>>? link = description.Variables.Contains(Palette.Link) ? new() : null;
    public readonly Var<A, Mode>? mode = description.Variables.Contains(Palette.Mode) ? new(Mode.Slow) : null;
    public readonly Var<bool>? gate = description.Variables.Contains(Palette.Gate) ? new(true) : null;
    public readonly Var<B, int>? score = description.Variables.Contains(Palette.Score) ? new(1, 3) : null;
    public readonly Var<A, B, bool>? pair = description.Variables.Contains(Palette.Pair) ? new() : null;
    public readonly Var<Option<A>>? owner = description.Variables.Contains(Palette.Owner) ? new() : null;
    public readonly RecordVar<A, Slot>? slot = description.Variables.Contains(Palette.Slot) ? new() : null;
    public readonly Var<A, Option<A>>? peer = description.Variables.Contains(Palette.Peer) ? new() : null;
    public readonly Var<Option<Mode>>? phase = description.Variables.Contains(Palette.Phase) ? new() : null;
    public readonly Var<Mode, bool>? byMode = description.Variables.Contains(Palette.ByMode) ? new() : null;
    public readonly Var<bool, int>? byFlag = description.Variables.Contains(Palette.ByFlag) ? new(61, 63) : null;
    public readonly Var<bool, Option<A>, bool>? byOption = description.Variables.Contains(Palette.ByOption) ? new() : null;
}
