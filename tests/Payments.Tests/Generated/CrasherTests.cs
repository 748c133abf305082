namespace MerchantPortal.Payments.Tests.Generated;

public sealed class CrasherTests
{
    [Fact]
    public void Nothing_that_once_broke_a_parser_breaks_one_again()
    {
        var groups = ParserGroup.All();
        var files = CrasherFolder.Files.Select(file => (file.Name, Bytes: File.ReadAllBytes(file.FullName))).ToList();
        List<string> broken = [];
        foreach (var group in groups)
        {
            using (group)
            {
                foreach (var parser in group.Parsers)
                {
                    broken.AddRange(files.Select(file => Take(parser, file.Name, file.Bytes)).OfType<string>());
                }
            }
        }

        broken.ShouldBeEmpty();
    }

    /// <summary>A genuine sample that a parser refused by an exception would make all its inputs worthless.</summary>
    [Fact]
    public void Every_parser_takes_its_own_samples_and_nothing()
    {
        List<string> names = [];
        foreach (var group in ParserGroup.All())
        {
            using (group)
            {
                foreach (var parser in group.Parsers)
                {
                    names.Add(parser.Name);
                    parser.Samples.ShouldNotBeEmpty();
                    parser.Samples.Append([]).Select(input => Take(parser, "sample", input)).OfType<string>()
                        .ShouldBeEmpty();
                }
            }
        }

        names.ShouldBeUnique();
        names.Count.ShouldBeGreaterThan(60);
    }

    private static string? Take(Parser parser, string file, byte[] input)
    {
        try
        {
            parser.Take(input);
            return null;
        }
        catch (Exception fault)
        {
            return $"{file} breaks {parser.Name}: {fault}";
        }
    }
}
