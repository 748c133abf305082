namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Replies whose members do not make the documented message, signed as they stand.</summary>
internal static class WrongMembers
{
    /// <summary>A card number that nobody owns, to see whether unknown members are shown.</summary>
    public const string Canary = "4929000000006CANARY";

    public static IEnumerable<WrongReply> Of(ContractOperation operation)
    {
        var (wire, good) = (operation.Wire, operation.Good);
        var own = wire.Sign(good);
        if (!wire.IsNamed)
        {
            yield return WrongReply.Of("a field more", wire.WithSignature([.. good, new("more", "x")]));
            yield return WrongReply.Of("a field less", wire.WithSignature([.. good.SkipLast(1)]));
            yield break;
        }

        var number = good.First(field => field.Name == (operation.Number.Length > 0 ? operation.Number : good[0].Name));
        yield return WrongReply.Of("a member twice", wire.Write([.. good, number], own));
        yield return WrongReply.Of("a member twice, signed twice", wire.WithSignature([.. good, number]));
        yield return WrongReply.Of(
            "a member twice with two values", wire.Write([.. good, number with { Value = number.Value + "2" }], own));
        yield return WrongReply.Of(
            "a member before its other value", wire.Write([number with { Value = number.Value + "2" }, .. good], own));
        yield return WrongReply.Of("an unknown member", wire.Write([.. good, new("bonus", Canary)], own));
        yield return WrongReply.Of("an unknown member, signed", wire.WithSignature([.. good, new("bonus", Canary)]));
        yield return WrongReply.Of("a thousand members", wire.WithSignature(
            [.. good, .. Enumerable.Range(0, 1000).Select(i => new Field($"m{i}", "1"))]));
        foreach (var swallowed in Swallowed(operation))
        {
            yield return swallowed;
        }

        if (wire.IsJson)
        {
            yield return WrongReply.Of("an object where a text is", wire.Write(
                Wire.WithRaw(good, number.Name, $$"""{"a":"{{number.Value}}"}"""), own));
            yield return WrongReply.Of("a list where a text is", wire.Write(
                Wire.WithRaw(good, number.Name, $"[\"{number.Value}\"]"), own));
            yield return WrongReply.Of("true where a text is", wire.Write(
                Wire.WithRaw(good, number.Name, "true"), wire.Sign(Wire.WithRaw(good, number.Name, "true"))));
            yield return WrongReply.Of("twenty objects deep", wire.Write(
                [.. good, new("deep", Deep(20), FieldForm.Raw)], own));
            yield return WrongReply.Of("a thousand objects deep", wire.Write(
                [.. good, new("deep", Deep(1000), FieldForm.Raw)], own));
        }
    }

    /// <summary>A member moved into the value of the one before it, so that the signed text stays the same.</summary>
    private static IEnumerable<WrongReply> Swallowed(ContractOperation operation)
    {
        var text = operation.Wire.Text(operation.Good);
        for (var i = 0; i + 1 < operation.Good.Count; i++)
        {
            var (first, second) = (operation.Good[i], operation.Good[i + 1]);
            Field[] moved =
            [
                .. operation.Good.Take(i), new(first.Name, $"{first.Value}&{Last(second.Name)}={second.Value}"),
                .. operation.Good.Skip(i + 2),
            ];
            if (first.Value.Length > 0 && second.Value.Length > 0 && operation.Wire.Text(moved) == text)
            {
                yield return WrongReply.Of(
                    $"{second.Name} inside {first.Name}", operation.Wire.Write(moved, operation.Wire.Signer.Own(text)));
            }
        }
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static string Deep(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
}
