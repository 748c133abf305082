using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Ui;
using MerchantPortal.Sandbox;

namespace MerchantPortal.Portal.Tests.Tidy;

/// <summary>Who may know whom, and who alone may move money.</summary>
public sealed partial class BoundaryTests
{
    private const BindingFlags Everything = (BindingFlags)62;

    /// <summary>Which feature may use which. A new edge is a decision, so it is one line here.</summary>
    private static readonly Dictionary<string, string[]> Edges = new()
    {
        ["Accounts"] = ["Changes", "Installation", "Notifications"],
        ["Approvals"] = ["Accounts", "Changes", "Operations", "Orders", "Refunds", "Resolutions", "SignIn", "Team"],
        ["Audit"] = ["Installation", "SignIn"],
        ["Batches"] =
        [
            "Accounts", "Approvals", "Cases", "Operations", "Orders", "Refunds", "Resolutions", "SignIn", "Transfers",
        ],
        ["Cards"] = ["Accounts", "Approvals", "Operations", "SignIn"],
        ["Cases"] = ["Accounts", "Operations", "Orders", "SignIn"],
        ["Changes"] = ["Operations", "SignIn"],
        ["Home"] =
        [
            "Approvals", "Audit", "Changes", "Installation", "Notifications", "Operations", "Orders", "PreAuths",
            "Resolutions",
        ],
        ["Notifications"] = ["Accounts", "Operations", "Orders", "SignIn"],
        ["Operations"] = ["Accounts", "Approvals", "Audit", "Orders", "SignIn"],
        ["Orders"] =
        [
            "Accounts", "Approvals", "Batches", "Cases", "Installation", "Notifications", "Operations", "Refunds",
            "SignIn",
        ],
        ["PreAuths"] = ["Accounts", "Approvals", "Operations", "Orders", "SignIn"],
        ["Refunds"] = ["Accounts", "Approvals", "Cases", "Operations", "Orders", "Resolutions", "SignIn"],
        ["Resolutions"] = ["Accounts", "Approvals", "Audit", "Changes", "Installation", "Operations", "SignIn", "Team"],
        ["SignIn"] = ["Team"],
        ["Team"] = ["Changes", "SignIn"],
        ["Transfers"] = ["Accounts", "Approvals", "Changes", "Operations", "SignIn"],
    };

    /// <summary>May have one implementation only: the parts of a provider, and what may be approved.</summary>
    private static readonly string[] Seams =
    [
        "IPaymentProvider", "IMessageSigning", "IOrderLookup", "IStatements", "IRefunds", "IPreAuthorisations",
        "ITransfers", "ICards", "INotifications", "IApprovable",
    ];

    [Fact]
    public void Features_use_each_other_as_listed_here()
    {
        var found =
            from file in SourceTree.Under("src/Portal/Features/", ".cs", ".razor")
            where file.Split('/').Length > 4
            let feature = file.Split('/')[3]
            from match in FeatureName().Matches(SourceTree.Text(file))
            where match.Groups["feature"].Value != feature
            select (feature, Used: match.Groups["feature"].Value);
        var edges = found.Distinct().Select(edge => $"{edge.feature} -> {edge.Used}").Order(StringComparer.Ordinal);
        edges.ShouldBe(
            Edges.SelectMany(edge => edge.Value.Select(used => $"{edge.Key} -> {used}")).Order(StringComparer.Ordinal),
            "edges between features in the source, and as listed in this test");
    }

    [Theory]
    [InlineData("src/Portal/Ui/")]
    [InlineData("src/Portal/Work/")]
    public void What_features_stand_on_knows_no_feature(string folder) =>
        SourceTree.Under(folder, ".cs", ".razor")
            .Where(file => FeatureName().IsMatch(SourceTree.Text(file))).ShouldBeEmpty();

    [Fact]
    public void Payments_needs_nothing_but_the_base_class_library()
    {
        References(typeof(Money)).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();
        var project = XDocument.Parse(Repository.Read("src", "Payments", "Payments.csproj"));
        project.Descendants().Where(part => part.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Payments_has_no_binary_fraction_in_any_place()
    {
        var types = typeof(Money).Assembly.GetTypes();
        var places = types.SelectMany(type => type.GetFields(Everything).Select(field => (type, field.FieldType)))
            .Concat(from method in Methods(types) from place in Places(method) select (method.DeclaringType!, place))
            .ToList();
        places.Count.ShouldBeGreaterThan(500);
        places.Where(place => place.Item2 == typeof(double) || place.Item2 == typeof(float)).ShouldBeEmpty();
    }

    [Fact]
    public void The_sandbox_knows_nothing_of_our_own_signing()
    {
        References(typeof(SandboxApp)).Where(name => name.StartsWith("MerchantPortal", StringComparison.Ordinal))
            .ShouldBeEmpty();
        SourceTree.Under("src/Sandbox/", ".cs", ".csproj", ".md", ".json")
            .Where(file => SourceTree.Text(file).Contains("MerchantPortal.Payments", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_sender_alone_sends_money()
    {
        MethodInfo[] sending =
        [
            typeof(IRefunds).GetMethod(nameof(IRefunds.SendAsync))!,
            typeof(IPreAuthorisations).GetMethod(nameof(IPreAuthorisations.ConfirmAsync))!,
            typeof(IPreAuthorisations).GetMethod(nameof(IPreAuthorisations.CancelAsync))!,
            typeof(ITransfers).GetMethod(nameof(ITransfers.SendAsync))!,
            typeof(ICards).GetMethod(nameof(ICards.UnbindAsync))!,
        ];
        var methods = Methods(typeof(PortalApp).Assembly.GetTypes()).ToList();
        foreach (var send in sending)
        {
            methods.Where(method => Calls(method, send)).Select(method => Outermost(method.DeclaringType!)).Distinct()
                .ShouldBe([typeof(OperationSender)], send.ToString());
        }
    }

    [Fact]
    public void An_interface_stands_only_where_two_things_stand_behind_it()
    {
        var types = new[] { typeof(Money), typeof(PortalApp), typeof(SandboxApp) }
            .SelectMany(type => type.Assembly.GetTypes()).ToList();
        types.Where(type => type.IsInterface && !Seams.Contains(type.Name))
            .Where(type => types.Count(other => !other.IsInterface && type.IsAssignableFrom(other)) < 2)
            .Select(type => type.FullName).ShouldBeEmpty();
    }

    private static IEnumerable<string> References(Type type) =>
        type.Assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<MethodBase> Methods(IEnumerable<Type> types) =>
        types.SelectMany(type => type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything))
            .Where(method => method.DeclaringType == type));

    private static IEnumerable<Type> Places(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType)
            .Concat(method is MethodInfo info ? [info.ReturnType] : [])
            .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []);

    // Every place in the body that could be a call is resolved: a call opcode, then a token.
    private static bool Calls(MethodBase method, MethodInfo target)
    {
        const byte call = 0x28, virtualCall = 0x6F, function = 0x06, virtualFunction = 0x07;
        var body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < body.Length; i++)
        {
            var calls = body[i] is call or virtualCall
                || (body[i] is function or virtualFunction && i > 0 && body[i - 1] == 0xFE);
            if (calls && Resolve(method, BitConverter.ToInt32(body, i + 1)) is { } called
                && called.Module == target.Module && called.MetadataToken == target.MetadataToken)
            {
                return true;
            }
        }

        return false;
    }

    private static MethodBase? Resolve(MethodBase from, int token)
    {
        var table = token >>> 24;
        if (table is not (0x06 or 0x0A or 0x2B))
        {
            return null;
        }

        try
        {
            var ofMethod = from.IsGenericMethod ? from.GetGenericArguments() : null;
            return from.Module.ResolveMethod(token, from.DeclaringType!.GetGenericArguments(), ofMethod);
        }
        catch (Exception fault) when (fault is ArgumentException or BadImageFormatException or MissingMethodException)
        {
            // Not a call after all: bytes of something else that look like one.
            return null;
        }
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    [GeneratedRegex(@"MerchantPortal\.Portal\.Features\.(?<feature>[A-Za-z]+)", SourceTree.Plain)]
    private static partial Regex FeatureName();
}
