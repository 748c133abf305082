using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Writes risk_item, the JSON text of section 6.2, and says what is wrong with it or missing from it.
/// </summary>
internal static class LianLianMobileRiskItem
{
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Cycles = ["12h", "24h", "48h", "72h", "Other"];

    private static readonly string[] TicketDeliveries = ["", "ET", "CTO", "ATO", "TBM", "TOD"];

    /// <summary>Why the parameters cannot be sent, or empty.</summary>
    public static string Problem(LianLianMobileRisk risk)
    {
        var fields = Fields(risk).Concat(risk.Flights.SelectMany(Fields));
        return fields.FirstOrDefault(field => !LianLianMobileText.IsPlain(field.Value)) is { Name: { } name }
                ? $"{name} has a character that is not allowed."
            : LianLianMobileData.FindGoods(risk.GoodsCode) is null ? "frms_ware_category is not in the document."
            : risk.PayerId.Length == 0 ? "user_info_mercht_userno is missing."
            : risk.TopUpPhone.Length > 40 ? "frms_charge_phone is too long."
            : NameProblem(risk.RealName) is { Length: > 0 } naming ? naming
            : risk.Flights.Select(FlightProblem).FirstOrDefault(p => p.Length > 0) is { } flying ? flying
            : DeliveryProblem(risk.Delivery) is { Length: > 0 } delivering ? delivering
            : risk.Game is { ForSomebodyElse: true, AccountId.Length: 0 } ? "game_id is missing."
            : "";
    }

    /// <summary>
    /// What risk control will miss: "left out wrongly may stop genuine payments" (section 4.1). It does not stop
    /// signing.
    /// </summary>
    public static IEnumerable<string> Missing(LianLianMobileRisk risk)
    {
        var group = LianLianMobileData.FindGoods(risk.GoodsCode)?.Group;
        if (group == LianLianMobileGoodsGroup.RealName && risk.RealName is null)
        {
            yield return $"Goods {risk.GoodsCode} want the payer's real name.";
        }

        if (risk.GoodsCode == "2001" && risk.Flights.Count == 0)
        {
            yield return "Goods 2001 want airline_list when they are flights.";
        }

        if (group == LianLianMobileGoodsGroup.Physical && risk.Delivery is null)
        {
            yield return $"Goods {risk.GoodsCode} want the delivery parameters.";
        }

        if (risk.GoodsCode == "1010" != risk.TopUpPhone.Length > 0)
        {
            yield return "frms_charge_phone goes with goods 1010 and with nothing else.";
        }
    }

    /// <summary>The JSON text; parameters that are left out are not in it.</summary>
    public static string Text(LianLianMobileRisk risk)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            Write(json, Fields(risk));
            if (risk.Flights.Count > 0)
            {
                json.WriteStartArray("airline_list");
                foreach (var flight in risk.Flights)
                {
                    json.WriteStartObject();
                    Write(json, Fields(flight));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<LianLianMobileField> fields)
    {
        foreach (var (name, value) in fields.Where(field => field.Value.Length > 0))
        {
            json.WriteString(name, value);
        }
    }

    private static IEnumerable<LianLianMobileField> Fields(LianLianMobileRisk risk) =>
    [
        new("frms_ware_category", risk.GoodsCode),
        new("user_info_mercht_userno", risk.PayerId),
        new("user_info_mercht_userlogin", risk.Login),
        new("user_info_mail", risk.Mail),
        new("user_info_bind_phone", risk.Phone),
        new("user_info_mercht_usertype", Number((int?)risk.PayerKind)),
        new("user_info_dt_register", LianLianMobileText.Time(risk.RegisteredAt)),
        new("user_info_register_ip", risk.RegisteredFrom),
        .. risk.RealName is { } name ? Fields(name) : [],
        .. risk.Delivery is { } delivery ? Fields(delivery) : [],
        .. risk.Game is { } game ? Fields(game) : [],
        new("frms_charge_phone", risk.TopUpPhone),
    ];

    private static LianLianMobileField[] Fields(LianLianMobileRealName name) =>
    [
        new("user_info_full_name", name.FullName),
        new("user_info_id_type", name.IdType),
        new("user_info_id_no", name.IdNumber),
        new("user_info_identify_state", name.CheckedBy is null ? "0" : "1"),
        new("user_info_identify_type", Number((int?)name.CheckedBy)),
    ];

    private static LianLianMobileField[] Fields(LianLianMobileFlight flight) =>
    [
        new("airline_name", flight.AirlineName),
        new("airline_code", flight.FlightNumber),
        new("passenger_country", flight.PassengerCountry),
        new("passenger_idcard_type", flight.PassengerIdType),
        new("passenger_idcard", flight.PassengerIdNumber),
        new("passenger_name", flight.PassengerName),
        new("passenger_sex", flight.PassengerSex),
        new("passenger_age", flight.PassengerAge),
        new("passenger_phone", flight.PassengerPhone),
        new("airport_from", flight.From),
        new("airport_to", flight.To),
        new("passenger_phonecode", flight.PassengerPhoneCode),
        new("dt_flight", LianLianMobileText.Time(flight.FliesAt)),
        new("ticket_delivery_method", flight.TicketDelivery),
    ];

    private static LianLianMobileField[] Fields(LianLianMobileDelivery delivery) =>
    [
        new("delivery_addr_full", delivery.FullAddress),
        new("delivery_addr_province", delivery.Province),
        new("delivery_addr_city", delivery.City),
        new("delivery_addr_district", delivery.District),
        new("delivery_addr_street", delivery.Street),
        new("delivery_full_name", delivery.Receiver),
        new("delivery_phone", delivery.Phone),
        new("logistics_mode", Number((int)delivery.Logistics)),
        new("delivery_cycle", delivery.Cycle),
        new("delivery_mail", delivery.Mail),
    ];

    // The document prints "game_id_ belongs"; the blank is the scan's.
    private static LianLianMobileField[] Fields(LianLianMobileGame game) =>
    [
        new("game_id_belongs", game.ForSomebodyElse ? "2" : "1"),
        new("game_id", game.AccountId),
        new("game_login_time", game.Logins),
        new("game_online_time", game.OnlineTime),
    ];

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string NameProblem(LianLianMobileRealName? name) =>
        name is null ? ""
        : name.FullName.Length == 0 || name.IdNumber.Length == 0 ? "user_info_full_name or user_info_id_no is missing."
        : !LianLianMobileData.IdTypes.ContainsKey(name.IdType) ? "user_info_id_type is not in the document."
        : "";

    private static string FlightProblem(LianLianMobileFlight flight) =>
        flight.PassengerName.Length == 0 || flight.PassengerPhone.Length == 0 || flight.FlightNumber.Length == 0
            || flight.PassengerIdNumber.Length == 0
            ? "A flight lacks its number, its passenger or the passenger's phone."
        : flight.PassengerCountry.Length != 2 || !flight.PassengerCountry.All(char.IsAsciiLetterUpper)
            ? "passenger_country is not two letters."
        : !IsAirport(flight.From) || !IsAirport(flight.To) ? "An airport is not three letters."
        : !LianLianMobileData.IdTypes.ContainsKey(flight.PassengerIdType)
            ? "passenger_idcard_type is not in the document."
        : !TicketDeliveries.Contains(flight.TicketDelivery) ? "ticket_delivery_method is not in the document."
        : "";

    private static bool IsAirport(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    private static string DeliveryProblem(LianLianMobileDelivery? delivery) =>
        delivery is null ? ""
        : delivery.Phone.Length == 0 ? "delivery_phone is missing."
        : !IsRegion(delivery.Province) || !IsRegion(delivery.City)
            || (delivery.District.Length > 0 && !IsRegion(delivery.District)) ? "A region code is not of six digits."
        : !Cycles.Contains(delivery.Cycle) ? "delivery_cycle is not in the document."
        : "";

    private static bool IsRegion(string text) => text.Length == 6 && text.All(char.IsAsciiDigit);
}
