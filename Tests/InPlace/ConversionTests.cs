using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;
using static Checker.Protocols.GuestMemory.ConversionStep;

namespace Checker.Tests.InPlace;

/// <summary>The description of a conversion: the possible orders, their names, and the places of the program counter.</summary>
public sealed class ConversionTests
{
    [Fact]
    public void There_are_180_orders_to_private_and_12_to_shared_each_another()
    {
        Assert.Equal(180, DesignSpace.ToPrivate.Length);
        Assert.Equal(12, DesignSpace.ToShared.Length);
        Assert.Distinct(DesignSpace.ToPrivate.Concat(DesignSpace.ToShared).Select(o => string.Join(' ', o)));
        Assert.All(DesignSpace.ToPrivate, o => Assert.Equal(Conversion.StepsToPrivate.Order(), o.Order()));
        Assert.All(DesignSpace.ToShared, o => Assert.Equal(Conversion.StepsToShared.Order(), o.Order()));
    }

    [Fact]
    public void No_order_flushes_before_that_which_it_flushes_is_gone()
    {
        Assert.All(DesignSpace.ToPrivate, o => Assert.True(o.IndexOf(Unmap) < o.IndexOf(HostFlush) && o.IndexOf(Zap) < o.IndexOf(Flush)));
        Assert.All(DesignSpace.ToShared, o => Assert.True(o.IndexOf(Zap) < o.IndexOf(Flush)));
    }

    [Fact]
    public void What_is_no_order_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Conversion.InOrder([Unmap, Check, Zap, Flush, Store], null));
        Assert.Throws<ArgumentException>(() => Conversion.InOrder([HostFlush, Unmap, Check, Zap, Flush, Store], null));
        Assert.Throws<ArgumentException>(() => Conversion.InOrder(null, [Flush, Zap, Reclaim, Store]));
        Assert.Throws<ArgumentException>(() => Conversion.InOrder([Unmap, Check, HostFlush, Zap, Flush, Store], null, checksWithZap: true));
    }

    [Fact]
    public void The_merged_series_takes_its_steps_as_Convert_has_them()
    {
        var standard = Conversion.Standard;
        Assert.True(standard.IsStandard);
        foreach (var to in new[] { Alias.Private, Alias.Shared })
        {
            Assert.Equal(
                ["ConvertBegin", "ConvertHostFlush", "ConvertZap", "ConvertFlush", "ConvertReclaim", "ConvertStore", "ConvertEnd"],
                standard.Actions(to));
            Assert.Equal([Done.Begun, Done.Begun, Done.HostFlushed, Done.HostFlushed, Done.Zapped, Done.Flushed, Done.Reclaimed],
                standard.Steps(to).Select(s => standard.Before(to, s)!.Value));
            Assert.Equal([Done.Begun, Done.HostFlushed, Done.HostFlushed, Done.Zapped, Done.Flushed, Done.Reclaimed, Done.Settled],
                standard.Steps(to).Select(s => standard.After(to, s)!.Value));
            Assert.Equal([Done.Zapped, Done.Flushed, Done.Reclaimed, Done.Settled], standard.Between(to, Check, null));
            Assert.Equal([Done.HostFlushed], standard.Between(to, HostFlush, Check));
        }
    }

    /// <summary>
    /// A step begins at the place where the preceding one ended, in any order. All places of the program counter are different.
    /// </summary>
    [Fact]
    public void Each_order_has_a_place_for_each_step()
    {
        foreach (var to in new[] { Alias.Private, Alias.Shared })
        {
            foreach (var order in to == Alias.Private ? DesignSpace.ToPrivate : DesignSpace.ToShared)
            {
                var conversion = to == Alias.Private ? Conversion.InOrder(order, null) : Conversion.InOrder(null, order);
                if (to == Alias.Private)
                {
                    Assert.Distinct(order.Select(s => conversion.Before(to, s)!.Value));
                }

                Assert.Equal(Done.Begun, conversion.Before(to, order[0]));
                Assert.Equal(Done.Settled, conversion.After(to, order[^1]));
                Assert.All(
                    order.Zip(order.Skip(1)),
                    pair => Assert.Equal(conversion.After(to, pair.First), conversion.Before(to, pair.Second)));
            }
        }
    }

    [Fact]
    public void An_order_is_read_as_it_is_written()
    {
        foreach (var variant in DesignSpace.OrdersToPrivate(DesignSpace.Designs[0])
            .Concat(DesignSpace.OrdersWithCheckAndZap(DesignSpace.Designs[0]))
            .Concat(DesignSpace.OrdersToShared(DesignSpace.Designs[0]))
            .Append(DesignSpace.Ordered(DesignSpace.Designs[0], DesignSpace.ToPrivate[7], DesignSpace.ToShared[3]))
            .Concat(DesignSpace.ChangesOf(DesignSpace.Designs[0])))
        {
            var named = Variant.Named(variant.DesignId);
            Assert.NotNull(named);
            Assert.Equal((variant.ToString(), variant.Kind, variant.DesignId), (named.ToString(), named.Kind, named.DesignId));
            Assert.Equal(variant.Conversion.ToPrivate, named.Conversion.ToPrivate);
            Assert.Equal(variant.Conversion.ToShared, named.Conversion.ToShared);
            Assert.Equal(variant.Conversion.ChecksWithZap, named.Conversion.ChecksWithZap);
        }
    }

    [Theory]
    [InlineData("snp,attribute,inplace,spurious")]
    [InlineData("snp,attribute,separate,spurious,zap.flush.reclaim.store")]
    [InlineData("snp,attribute,inplace,spurious,zap.flush.reclaim")]
    [InlineData("snp,attribute,inplace,spurious,zap.flush.reclaim.lore")]
    [InlineData("")]
    public void What_is_no_variant_is_not_taken_for_one(string name) => Assert.Null(Variant.Named(name));

    [Fact]
    public void Only_a_page_that_is_one_frame_is_converted_in_place() =>
        Assert.Throws<ArgumentException>(() =>
            new GuestMemoryModel(
                Platform.Snp,
                Designation.Attribute,
                Backing.Separate,
                spurious: true,
                Conversion.InOrder(null, DesignSpace.ToShared[0])));
}
