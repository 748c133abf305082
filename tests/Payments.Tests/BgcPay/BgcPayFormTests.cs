using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MerchantPortal.Payments.Providers.BgcPay;

namespace MerchantPortal.Payments.Tests.BgcPay;

public sealed class BgcPayFormTests
{
    private const string Type = "multipart/form-data; boundary=b0";
    private const string Named = "--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n";
    private const string Head = Named + "\r\n";

    [Fact]
    public void A_form_as_curl_writes_it_is_read()
    {
        const string Boundary = "------------------------d74496d66958873e";
        var body = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"trade_no\"\r\n\r\n1\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"subject\"\r\n"
            + $"Content-Type: text/plain; charset=UTF-8\r\n\r\n標題\r\n\r\n--{Boundary}--\r\n";

        Read("a=%E6%A8%99+1", body, "multipart/form-data; boundary=" + Boundary, out var form).ShouldBeTrue();

        form!.Names.ShouldBe(["a", "trade_no", "subject"]);
        form["a"].ShouldBe("標 1");
        form["subject"].ShouldBe("標題\r\n");
        form["none"].ShouldBe("");
    }

    [Theory]
    [InlineData(Head + "1\r\n--b0--", Type)]
    [InlineData(Head + "1\r\n--b0--\r\n", "multipart/form-data; boundary=\"b0\"")]
    [InlineData(Head + "\r\n--b0--\r\n", "Multipart/Form-Data; BOUNDARY=b0")]
    [InlineData(Head + "b0\r\n--b1--\r\n--b0--", Type)]
    [InlineData("a=1&b=", "application/x-www-form-urlencoded; charset=UTF-8")]
    public void These_are_forms(string body, string type) => Read("", body, type, out _).ShouldBeTrue();

    [Theory]
    [InlineData("", Type)]
    [InlineData("--b0--\r\n", Type)]
    [InlineData(Head + "1", Type)]
    [InlineData(Head + "--b0\r\n--b1--\r\n--b0--", Type)]
    [InlineData(Head + "1\r\n--b0", Type)]
    [InlineData(Head + "1\r\n--b0-", Type)]
    [InlineData(Head + "1\r\n--b0--\r\nmore", Type)]
    [InlineData("before\r\n" + Head + "1\r\n--b0--", Type)]
    [InlineData(Head + "1\r\n--b0x\r\n--b0--", Type)]
    [InlineData(Head + "1\r\n" + Head + "2\r\n--b0--", Type)]
    [InlineData("--b0\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b0--", Type)]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n1\r\n--b0--", Type)]
    [InlineData("--b0\r\nContent-Disposition: form-data; name*=utf-8''a\r\n\r\n1\r\n--b0--", Type)]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b0--", Type)]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--b0--", Type)]
    [InlineData("--b0\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--b0--", Type)]
    [InlineData("--b0\r\nContent-Type: text/plain\r\n\r\n1\r\n--b0--", Type)]
    [InlineData(Named + "Content-Type: text/html\r\n\r\n1\r\n--b0--", Type)]
    [InlineData(Named + "Content-Type: text/plain; charset=GBK\r\n\r\n1\r\n--b0--", Type)]
    [InlineData(Named + "Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b0--", Type)]
    [InlineData(Named + "Content-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--b0--", Type)]
    [InlineData(Head + "1\r\n--b0--", "multipart/form-data")]
    [InlineData(Head + "1\r\n--b0--", "multipart/form-data; boundary=")]
    [InlineData(Head + "1\r\n--b0--", "multipart/form-data; boundary=b0; boundary=b1")]
    [InlineData(Head + "1\r\n--b0--", "multipart/mixed; boundary=b0")]
    [InlineData("a=1&a=1", "application/x-www-form-urlencoded")]
    [InlineData("a=1&", "application/x-www-form-urlencoded")]
    [InlineData("=1", "application/x-www-form-urlencoded")]
    [InlineData("a", "application/x-www-form-urlencoded")]
    [InlineData("a=%G1", "application/x-www-form-urlencoded")]
    [InlineData("a=%FF", "application/x-www-form-urlencoded")]
    [InlineData("a=1", "application/x-www-form-urlencoded; charset=GBK")]
    [InlineData("a=1", "text/plain")]
    public void These_are_not(string body, string type) => Read("", body, type, out _).ShouldBeFalse();

    [Fact]
    public void Size_and_number_of_fields_are_capped()
    {
        Read("", Head + new string('1', BgcPayForm.MaxBytes) + "\r\n--b0--", Type, out _).ShouldBeFalse();
        Read(new string('a', BgcPayForm.MaxBytes) + "=1", Head + "1\r\n--b0--", Type, out _).ShouldBeFalse();
        Read(new string('a', 65) + "=1", Head + "1\r\n--b0--", Type, out _).ShouldBeFalse();
        var many = string.Concat(Enumerable.Range(0, 65)
            .Select(i => Head.Replace("\"a\"", $"\"a{i}\"", StringComparison.Ordinal) + "1\r\n"));
        Read("", many + "--b0--", Type, out _).ShouldBeFalse();
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(Head), 0xC3, 0x28, .. "\r\n--b0--"u8];

        BgcPayForm.TryRead("", body, Type, out _, out var why).ShouldBeFalse();
        why.ShouldContain("UTF-8");
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Sampled.Holds(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
            text =>
            {
                var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                var (body, type) = BgcPayForm.Write("biz_content", value, "bgcpay-0123456789abcdef");

                BgcPayForm.TryRead("", body, type, out var form, out _).ShouldBeTrue();

                form["biz_content"].ShouldBe(value);
            });
    }

    [Fact]
    public void Whatever_arrives_is_read_or_refused_with_a_reason()
    {
        string[] pieces =
        [
            "--b0", "\r\n", "--", "--b0--", "Content-Disposition: form-data; name=\"a\"", "name=\"b\"", "=", "&", ";",
            "%", "é", "a", "\n", "\0", "Content-Type: text/plain", ":", "\"", "b0", "--b0\r\n", "\r\n\r\n",
        ];
        var bodies = Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts));
        Sampled.Holds(
            from body in bodies
            from query in bodies
            from isForm in Gen.Elements(true, false)
            select (body, query, isForm),
            drawn =>
            {
                var type = drawn.isForm ? Type : "application/x-www-form-urlencoded";
                var read = BgcPayForm.TryRead(
                    drawn.query, Encoding.Latin1.GetBytes(drawn.body), type, out var form, out var why);
                read.ShouldBe(form is not null);
                why.Length.ShouldBe(read ? 0 : why.Length);
                (why.Length > 0).ShouldBe(!read);
            },
            times: 3000);
    }

    private static bool Read(string query, string body, string type, out BgcPayForm? form) =>
        BgcPayForm.TryRead(query, Encoding.UTF8.GetBytes(body), type, out form, out _);
}
