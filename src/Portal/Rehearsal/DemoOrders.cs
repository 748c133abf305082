using System.Globalization;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>An order of the demo world.</summary>
public sealed record DemoOrder(
    string MerchantNumber,
    DateTimeOffset OrderedAt,
    long Minor,
    string Payer,
    string Product,
    string Method,
    string ShopState)
{
    /// <summary>The provider's number: China time of the payment and a running number.</summary>
    public required string ProviderNumber { get; init; }
}

/// <summary>
/// The orders of the demo merchant: a week of a small shop, the same for the same start day. Names are invented.
/// </summary>
public static class DemoOrders
{
    private static readonly string[] Chinese =
        ["陈晓明", "林美玲", "王建国", "李思远", "张雨桐", "刘子轩", "黄雅婷", "吴俊杰", "周梦琪", "徐浩然", "孙丽华", "马天宇"];

    private static readonly string[] Foreign =
    [
        "Mika Tanaka 田中 美佳", "Elena Petrova", "J. Okonkwo", "A. Lindqvist", "C. Moreau", "F. Al-Sabah", "Sofia Rossi",
        "Daniel Weber", "Priya Raman", "Tomás Silva",
    ];

    private static readonly string[] Products =
        ["真丝围巾", "陶瓷茶具", "羊绒大衣", "蓝牙耳机", "智能手表", "竹编灯具", "手工皮具", "香薰礼盒", "登山背包", "无线键盘"];

    private static readonly string[] ShopStates = ["packing 备货中", "shipped 已发货", "delivered 已签收", "delivered 已签收"];

    /// <summary>Orders of the last days, newest first.</summary>
    /// <param name="prefix">First letters of the shop's numbers.</param>
    /// <param name="count">How many.</param>
    /// <param name="foreign">Foreign payers and cards.</param>
    /// <param name="now">The end of the week.</param>
    public static IReadOnlyList<DemoOrder> Week(string prefix, int count, bool foreign, DateTimeOffset now)
    {
        // A fixed sequence, not a secret: the same start day gives the same week.
        var random = new Random(prefix.Sum(c => c));
        var at = now.AddMinutes(-20);
        var orders = new List<DemoOrder>(count);
        for (var i = 0; i < count; i++)
        {
            at = at.AddMinutes(-random.Next(20, 150));
            at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)).AddSeconds(random.Next(0, 60));
            var local = at.ToOffset(TimeSpan.FromHours(8));
            var names = foreign ? Foreign : Chinese;
            orders.Add(new(
                $"{prefix}-{local.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{4800 - i:D6}",
                at,
                Price(random, foreign),
                names[random.Next(names.Length)],
                Products[random.Next(Products.Length)],
                foreign ? Cards(random) : random.Next(3) == 0 ? "微信支付 WeChat Pay" : "快捷支付 Quick pay",
                ShopStates[Math.Min(random.Next(ShopStates.Length), i / 6)])
            {
                ProviderNumber =
                    $"{local.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}{random.Next(1000, 9999):D4}",
            });
        }

        return orders;
    }

    private static string Cards(Random random) =>
        $"{(random.Next(2) == 0 ? "Visa" : "Mastercard")} ·· "
            + random.Next(1000, 9999).ToString(CultureInfo.InvariantCulture);

    // Prices end in 00, 50, 80 or 99, as prices do; amounts that order an outcome from the Sandbox end otherwise.
    private static long Price(Random random, bool foreign)
    {
        long[] ends = [0, 50, 80, 99];
        return (random.NextInt64(foreign ? 24 : 58, foreign ? 920 : 3400) * 100) + ends[random.Next(ends.Length)];
    }
}
