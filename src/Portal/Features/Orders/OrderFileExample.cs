using System.Text;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>An order file as the import page explains it.</summary>
public static class OrderFileExample
{
    public const string Text =
        """
        order_no,time,amount,currency,method,shop_state,payer
        HP-20261120-004718,2026-11-20 14:32:08,486.00,CNY,快捷支付 Quick pay,packing,陈晓明
        HP-20261120-004719,2026-11-20T06:35:41Z,1280.50,CNY,微信支付 WeChat Pay,shipped,"Lindqvist, A."

        """;

    /// <summary>In UTF-8, with the mark at the beginning by which spreadsheets tell it.</summary>
    public static byte[] Bytes { get; } =
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n"))];
}
