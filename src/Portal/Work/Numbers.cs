using System.Globalization;
using System.Security.Cryptography;

namespace MerchantPortal.Portal.Work;

/// <summary>Our own numbers of orders and operations: a letter, the day, six letters or digits.</summary>
public static class Numbers
{
    // Without 0 O 1 I L U: nobody has to ask twice on the telephone.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new number such as R261120K7QF3. Uniqueness is the index's business.</summary>
    public static string New(char kind, DateTimeOffset now) => string.Concat(
        kind.ToString(),
        now.UtcDateTime.ToString("yyMMdd", CultureInfo.InvariantCulture),
        new string(RandomNumberGenerator.GetItems<char>(Alphabet, 6)));
}
