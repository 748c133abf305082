using System.Globalization;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Replies with a good signature about something else than was asked.</summary>
internal static class WrongFacts
{
    public static IEnumerable<WrongReply> Of(ContractOperation operation) =>
        Identities(operation).Concat(Amounts(operation))
            .Select(change => WrongReply.Of(change.Name, operation.Wire.WithSignature(change.Fields)));

    private static IEnumerable<(string Name, Field[] Fields)> Identities(ContractOperation operation)
    {
        foreach (var (role, name) in ((string, string)[])
            [("merchant", operation.Merchant), ("number", operation.Number), ("currency", operation.Currency)])
        {
            if (name.Length == 0)
            {
                continue;
            }

            var value = Wire.Of(operation.Good, name);
            yield return ($"another {role}", Wire.With(operation.Good, name, Other(role, value)));
            yield return ($"an empty {role}", Wire.With(operation.Good, name, ""));
            yield return ($"a longer {role}", Wire.With(operation.Good, name, value + "1"));
            if (operation.Wire.IsNamed)
            {
                yield return ($"no {role}", Wire.Without(operation.Good, name));
            }
        }
    }

    private static IEnumerable<(string Name, Field[] Fields)> Amounts(ContractOperation operation)
    {
        if (operation.Amount.Length == 0)
        {
            yield break;
        }

        var good = operation.Good.First(field => field.Name == operation.Amount);
        Field[] With(string value) => [.. operation.Good.Select(
            field => field.Name == good.Name ? field with { Value = value } : field)];
        var amount = decimal.Parse(good.Value, CultureInfo.InvariantCulture);
        var unit = new decimal(1, 0, 0, isNegative: false, amount.Scale);
        string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

        yield return ("a unit more", With(Text(amount + unit)));
        yield return ("a unit less", With(Text(amount - unit)));
        yield return ("a hundred times the amount", With(Text(amount * 100)));
        yield return ("the amount below zero", With("-" + good.Value));
        yield return ("an amount with an exponent", With(Text(amount) + "e0"));
        yield return ("an amount with three more decimals", With(amount.Scale == 0
            ? good.Value + ".001" : good.Value + "001"));
        yield return ("an amount with a comma", With(amount.Scale == 0
            ? good.Value + ",00" : good.Value.Replace('.', ',')));
        yield return ("an amount with a plus", With("+" + good.Value));
        yield return ("an amount with a blank", With(" " + good.Value));
        yield return ("an amount in full-width digits", With(string.Concat(
            good.Value.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '０') : c))));
        yield return ("an amount in hexadecimal", With("0x190"));
        yield return ("an amount that is no number", With("NaN"));
        yield return ("no amount", With(""));
        yield return ("more digits than a number holds", With(new string('9', 40)));
    }

    private static string Other(string role, string value) => role == "currency"
        ? value == "JPY" ? "USD" : "JPY"
        : value[..^1] + (value[^1] == '2' ? "3" : "2");
}
