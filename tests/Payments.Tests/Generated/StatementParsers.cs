using System.Text;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>The settlement files of LianLian mobile and their names.</summary>
internal sealed class StatementParsers : ParserGroup
{
    public const string Trade =
        "201405287094797,201403251000001147,20140528 16:35:56,101001,2014052846671792,20140528,100,0,0,"
        + "20140528 16:35:56,0.5,手机应用支付网关,储蓄卡快捷支付,彩票连连支付充值";

    private const string Refund =
        "R2026112100001,201403251000001147,20140529 09:00:00,101001,201405287094797,20140529,-20.5,1,5,"
        + "20140529 09:00:01,-0.1,手机应用支付网关,储蓄卡快捷支付,退款";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static readonly string[] Files =
    [
        $"商户订单号,商户号,商户订单时间\r\n{Trade}\r\n{Refund}\r\n",
        $"{Trade},工商银行,6222020200112233,张三\n{Refund}\n",
        "120|100|12345.67|15|-1234.50|5|-99.00\r\n",
    ];

    public override IReadOnlyList<Parser> Parsers { get; } =
    [
        .. Enum.GetValues<LianLianMobileStatementKind>().Select(kind => new Parser(
            $"statement-{kind}", [.. Files.Select(Encoding.UTF8.GetBytes), .. Files.Select(Gb18030.GetBytes)],
            input => Parser.Finish(ReadAsync(kind, input)))),
        new(
            "statement-name",
            [
                "JYMX_201403251000001147_20140528.txt", "FKMX_201403251000001147_20140528.txt",
                "MX_201403251000001147_201405.txt", "JYMXSUM_201403251000001147_20140528.txt",
            ],
            ReadName),
    ];

    private static async Task ReadAsync(LianLianMobileStatementKind kind, byte[] input)
    {
        using var file = new MemoryStream(input);
        var before = 0;
        await foreach (var line in new LianLianMobileStatement(file, kind).ReadAsync())
        {
            line.Line.ShouldBeGreaterThan(before);
            before = line.Line;
        }
    }

    private static void ReadName(byte[] input)
    {
        foreach (var text in Parser.Texts(input))
        {
            if (LianLianMobileStatementName.Read(text) is { } name)
            {
                name.Until.ShouldBeGreaterThanOrEqualTo(name.From);
            }
        }
    }
}
