using MerchantPortal.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>Password and one-time code, server-side sessions, sign-out.</summary>
public static class SignInFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "SignIn",
        Map = model =>
        {
            model.Entity<PortalUser>(row =>
            {
                row.ToTable("users");
                row.HasOne<Team.Person>().WithMany().HasForeignKey(x => x.PersonId).OnDelete(DeleteBehavior.Restrict);
            });
            model.Entity<UserSession>(row =>
            {
                row.ToTable("sessions").HasKey(x => x.Id);
                row.HasIndex(x => x.UserId);
            });
            model.Entity<StepUp>(row =>
            {
                row.ToTable("step_ups").HasKey(x => x.Id);
                row.HasIndex(x => new { x.SessionId, x.SubjectId });
                row.HasOne<UserSession>().WithMany().HasForeignKey(x => x.SessionId).OnDelete(DeleteBehavior.Restrict);
            });
        },
        Services = services => services
            .AddScoped<SignInCommands>()
            .AddScoped<StepUpCommands>()
            .AddSingleton<OneTimeCodeCheck>()
            .AddScoped<SessionQueries>()
            .AddSingleton<SetUpSeeds>()
            .AddScoped<CurrentActor>(),
        Endpoints = SignInEndpoints.Map,
    };
}
