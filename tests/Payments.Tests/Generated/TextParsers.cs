using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>JSON, the shapes of fields and amounts.</summary>
internal sealed class TextParsers : ParserGroup
{
    private static readonly string[] Jsons =
    [
        """{"ret_code":"0000","money_order":"1.00","list":[{"a":1,"b":null},{"a":true}],"t":"\u4e2d\ud83d\ude00"}""",
        """{"return_code":"SUCCESS","order":{"refund_data":{"refund_amount":4.00}},"trace_id":"x"}""",
    ];

    private static readonly Currency[] Currencies =
        [CurrencyTable.Get("CNY"), CurrencyTable.Get("JPY"), CurrencyTable.Get("USDT")];

    public override IReadOnlyList<Parser> Parsers { get; } =
    [
        new("strict-json", Jsons, ReadJson),
        new(
            "field-shapes",
            ["NO-1_a", "https://shop.example/notify?a=1&b=2", """{"a":[1,2]}""", "QUJDRA==", "中文 text"],
            ReadShapes),
        new("money", ["0.01", "1000", "99999999999999.99", "1.000001", "-20.5"], ReadMoney),
    ];

    private static void ReadJson(byte[] input)
    {
        if (StrictJson.Decode(input) is { } strict)
        {
            // What is strict UTF-8 comes back byte for byte.
            Encoding.UTF8.GetBytes(strict).ShouldBe(input);
        }

        foreach (var text in Parser.Texts(input))
        {
            if (StrictJson.TryParse(text, out var json, out var why))
            {
                // Whoever was given the document reads every text in it.
                using (json)
                {
                    json.RootElement.ToString().ShouldNotBeNull();
                }
            }
            else
            {
                why.ShouldNotBeEmpty();
            }

            MessageMembers.Read(text, out _);
        }
    }

    private static void ReadShapes(byte[] input)
    {
        foreach (var text in Parser.Texts(input))
        {
            foreach (var shape in Enum.GetValues<FieldShape>())
            {
                shape.Fits(text);
                shape.Fits(text, "|,");
            }
        }
    }

    private static void ReadMoney(byte[] input)
    {
        foreach (var text in Parser.Texts(input))
        {
            foreach (var currency in Currencies)
            {
                if (Money.TryParse(text, currency, out var money))
                {
                    Money.TryParse(money.ToDecimalText(), currency, out var again).ShouldBeTrue();
                    again.ShouldBe(money);
                }

                if (Money.TryParseMinor(text, currency, out var minor))
                {
                    minor.Minor.ShouldBeGreaterThanOrEqualTo(0);
                }
            }
        }
    }
}
