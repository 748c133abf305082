namespace MerchantPortal.Portal.Ui;

/// <summary>Two letters for a name as people write it: 陈伟 Chen Wei is CW, 陈伟 alone is 陈.</summary>
public static class Initials
{
    public static string Of(string name)
    {
        var latin = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] < '\u0250').ToArray();
        if (latin.Length == 0)
            return name.Length == 0 ? "" : name[..(char.IsSurrogate(name[0]) ? 2 : 1)];
        return latin.Length == 1
            ? latin[0][..1].ToUpperInvariant()
            : $"{latin[0][0]}{latin[^1][0]}".ToUpperInvariant();
    }
}
