namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>Who the payer is to the shop (user_info_mercht_usertype).</summary>
public enum LianLianMobilePayerKind
{
    /// <summary>An ordinary payer, "1".</summary>
    Ordinary = 1,

    /// <summary>A trusted payer of little risk, "2".</summary>
    Trusted = 2,
}

/// <summary>How the shop checked a payer's name (user_info_identify_type).</summary>
public enum LianLianMobileIdentification
{
    /// <summary>By a bank card, "1".</summary>
    BankCard = 1,

    /// <summary>In person, "2".</summary>
    InPerson = 2,

    /// <summary>By the identity card from afar, "3".</summary>
    Remote = 3,

    /// <summary>In another way, "4".</summary>
    Other = 4,
}

/// <summary>How goods travel (logistics_mode).</summary>
public enum LianLianMobileLogistics
{
    /// <summary>Ordinary mail, "1".</summary>
    Mail = 1,

    /// <summary>Ordinary courier, "2".</summary>
    Courier = 2,

    /// <summary>Express courier, "3".</summary>
    Express = 3,

    /// <summary>Freight company, "4".</summary>
    Freight = 4,

    /// <summary>Delivery company, "5".</summary>
    Delivery = 5,

    /// <summary>International courier, "6".</summary>
    International = 6,

    /// <summary>Fast by air or ship, "7".</summary>
    FastShipping = 7,

    /// <summary>By sea, "8".</summary>
    Sea = 8,
}

/// <summary>The payer's real name, for goods that need one (section 6.2.2).</summary>
/// <param name="FullName">user_info_full_name.</param>
/// <param name="IdNumber">user_info_id_no.</param>
public sealed record LianLianMobileRealName(string FullName, string IdNumber)
{
    /// <summary>user_info_id_type, by <see cref="LianLianMobileData.IdTypes"/>; the document's default is 0.</summary>
    public string IdType { get; init; } = "0";

    /// <summary>How the shop checked it; null when it did not (user_info_identify_state 0).</summary>
    public LianLianMobileIdentification? CheckedBy { get; init; }

    /// <summary>Tells nothing of the person.</summary>
    public override string ToString() => "(real name)";
}

/// <summary>One flight of one passenger (section 6.2.2, airline_list).</summary>
public sealed record LianLianMobileFlight
{
    /// <summary>airline_name; may be left out.</summary>
    public string AirlineName { get; init; } = "";

    /// <summary>airline_code: the flight number.</summary>
    public required string FlightNumber { get; init; }

    /// <summary>passenger_country, two letters of ISO 3166.</summary>
    public required string PassengerCountry { get; init; }

    /// <summary>passenger_idcard_type, by <see cref="LianLianMobileData.IdTypes"/>.</summary>
    public required string PassengerIdType { get; init; }

    /// <summary>passenger_idcard.</summary>
    public required string PassengerIdNumber { get; init; }

    /// <summary>passenger_name.</summary>
    public required string PassengerName { get; init; }

    /// <summary>passenger_sex; may be left out.</summary>
    public string PassengerSex { get; init; } = "";

    /// <summary>passenger_age; may be left out.</summary>
    public string PassengerAge { get; init; } = "";

    /// <summary>passenger_phone, eleven digits in China.</summary>
    public required string PassengerPhone { get; init; }

    /// <summary>passenger_phonecode, without a plus sign; 86 is China.</summary>
    public string PassengerPhoneCode { get; init; } = "86";

    /// <summary>airport_from, three letters.</summary>
    public required string From { get; init; }

    /// <summary>airport_to, three letters.</summary>
    public required string To { get; init; }

    /// <summary>dt_flight.</summary>
    public required DateTimeOffset FliesAt { get; init; }

    /// <summary>ticket_delivery_method: ET, CTO, ATO, TBM or TOD; may be left out.</summary>
    public string TicketDelivery { get; init; } = "";

    /// <summary>Tells nothing of the passenger.</summary>
    public override string ToString() => "(flight)";
}

/// <summary>Where physical goods go (section 6.2.2).</summary>
public sealed record LianLianMobileDelivery
{
    /// <summary>delivery_addr_full; may be left out.</summary>
    public string FullAddress { get; init; } = "";

    /// <summary>delivery_addr_province: six digits of the statistics office's code of regions.</summary>
    public required string Province { get; init; }

    /// <summary>delivery_addr_city, the same code.</summary>
    public required string City { get; init; }

    /// <summary>delivery_addr_district, the same code; may be left out.</summary>
    public string District { get; init; } = "";

    /// <summary>delivery_addr_street; may be left out.</summary>
    public string Street { get; init; } = "";

    /// <summary>delivery_full_name: who receives it; may be left out.</summary>
    public string Receiver { get; init; } = "";

    /// <summary>delivery_phone.</summary>
    public required string Phone { get; init; }

    /// <summary>logistics_mode.</summary>
    public required LianLianMobileLogistics Logistics { get; init; }

    /// <summary>delivery_cycle: 12h, 24h, 48h, 72h or Other.</summary>
    public required string Cycle { get; init; }

    /// <summary>delivery_mail; may be left out.</summary>
    public string Mail { get; init; } = "";

    /// <summary>Tells nothing of the receiver.</summary>
    public override string ToString() => "(delivery)";
}

/// <summary>A game account that is paid for (section 6.2.2).</summary>
/// <param name="ForSomebodyElse">game_id_belongs: false is "1", the payer's own; true is "2".</param>
/// <param name="AccountId">game_id; has to be there for somebody else's account.</param>
/// <param name="Logins">game_login_time: logins within a month; may be left out.</param>
/// <param name="OnlineTime">game_online_time; may be left out.</param>
public sealed record LianLianMobileGame(
    bool ForSomebodyElse, string AccountId = "", string Logins = "", string OnlineTime = "");

/// <summary>
/// What LianLian's risk control wants to know of an order (risk_item, section 6.2). No value may hold a character that
/// section 4.1 forbids.
/// </summary>
public sealed record LianLianMobileRisk
{
    /// <summary>frms_ware_category, by <see cref="LianLianMobileData.Goods"/>.</summary>
    public required string GoodsCode { get; init; }

    /// <summary>user_info_mercht_userno: the payer's number in the shop.</summary>
    public required string PayerId { get; init; }

    /// <summary>user_info_mercht_userlogin; may be left out.</summary>
    public string Login { get; init; } = "";

    /// <summary>user_info_mail; may be left out.</summary>
    public string Mail { get; init; } = "";

    /// <summary>user_info_bind_phone; to be sent when known.</summary>
    public string Phone { get; init; } = "";

    /// <summary>user_info_mercht_usertype; the document's default is ordinary.</summary>
    public LianLianMobilePayerKind? PayerKind { get; init; }

    /// <summary>user_info_dt_register: when the payer signed up at the shop.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>user_info_register_ip; may be left out.</summary>
    public string RegisteredFrom { get; init; } = "";

    /// <summary>The payer's real name, for goods of the 2000s.</summary>
    public LianLianMobileRealName? RealName { get; init; }

    /// <summary>airline_list, for flights.</summary>
    public IReadOnlyList<LianLianMobileFlight> Flights { get; init; } = [];

    /// <summary>Delivery, for goods of the 4000s.</summary>
    public LianLianMobileDelivery? Delivery { get; init; }

    /// <summary>A game account.</summary>
    public LianLianMobileGame? Game { get; init; }

    /// <summary>frms_charge_phone: the phone that is topped up, for 1010 and nothing else.</summary>
    public string TopUpPhone { get; init; } = "";

    /// <summary>Tells nothing of the payer.</summary>
    public override string ToString() => $"(risk parameters, goods {GoodsCode})";
}
