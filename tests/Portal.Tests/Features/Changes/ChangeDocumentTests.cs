using System.Text;
using MerchantPortal.Portal.Features.Changes;

namespace MerchantPortal.Portal.Tests.Features.Changes;

public sealed class ChangeDocumentTests
{
    [Theory]
    [InlineData("%PDF-1.7 x", null)]
    [InlineData("line of a statement\r\n", null)]
    [InlineData("MZ\u0000\u0001", "Kind")]
    [InlineData("", "Empty")]
    public void A_file_is_judged_by_its_first_bytes(string content, string? wrong) =>
        new ChangeDocument("a.pdf", Encoding.UTF8.GetBytes(content)).Wrong().ShouldBe(wrong);

    [Fact]
    public void Pictures_are_taken_and_archives_are_not()
    {
        new ChangeDocument("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]).Wrong().ShouldBeNull();
        new ChangeDocument("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0]).Wrong().ShouldBeNull();
        new ChangeDocument("a.zip", [0x50, 0x4B, 3, 4, 0xFF]).Wrong().ShouldBe("Kind");
    }

    [Fact]
    public void Size_name_and_length_have_bounds()
    {
        new ChangeDocument("a.txt", new byte[ChangeDocument.MostBytes + 1]).Wrong().ShouldBe("TooLarge");
        new ChangeDocument("a\n.txt", "x"u8.ToArray()).Wrong().ShouldBe("Name");
        new ChangeDocument(new string('a', 121), "x"u8.ToArray()).Wrong().ShouldBe("Name");
        ChangeDocument.OfText(new string('a', 501)).Wrong().ShouldBe("TextTooLong");
        ChangeDocument.OfText(" ").Wrong().ShouldBe("Empty");
        ChangeDocument.OfText("Ticket 4711").Wrong().ShouldBeNull();
    }

    [Fact]
    public async Task What_somebody_calls_a_file_never_becomes_a_path()
    {
        var folder = Directory.CreateTempSubdirectory("portal-documents-").FullName;
        var documents = new ChangeDocuments(new() { Data = folder });
        var document = new ChangeDocument("../../etc/passwd", "x"u8.ToArray());

        var name = await documents.KeepAsync(document);

        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ShouldBe([Path.Combine(folder, "documents", name)]);
        (await documents.ReadAsync(name, document.Sha256)).ShouldBe(document.Content);
        (await documents.ReadAsync(name, new string('0', 64))).ShouldBeNull();
        documents.Forget(name);
        (await documents.ReadAsync(name, document.Sha256)).ShouldBeNull();
        Directory.Delete(folder, recursive: true);
    }
}
