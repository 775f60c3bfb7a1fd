package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.access.Identity;
import dev.sluice.deploy.access.Journal;
import dev.sluice.deploy.access.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Lets those in who may. A handler behind a door finds out who it was with {@link #identity}. */
final class Doors {
    private static final String IDENTITY = Doors.class.getName();

    private final Access access;
    private final Journal journal;
    private final String probeToken;

    /**
     * The doors of a server.
     *
     * @param probeToken what metrics and health ask for; empty for nothing
     */
    Doors(Access access, Journal journal, String probeToken) {
        this.access = access;
        this.journal = journal;
        this.probeToken = probeToken;
    }

    /** What a request does to what, for the journal. */
    record Change(String what, String target) {}

    /** For who has the role for the whole server. */
    Handler server(Role role, Handler next) {
        return (request, context) -> {
            Identity identity = enter(request, context);
            if (!identity.may(role)) {
                throw missing(identity, role, "");
            }
            return next.handle(request, context);
        };
    }

    /** For who has the role for the application that the path names. */
    Handler application(Role role, Handler next) {
        return (request, context) -> {
            enter(request, context);
            require(context, role, applicationName(request));
            return next.handle(request, context);
        };
    }

    /** For who has the role for anything; the handler shows only that. */
    Handler anywhere(Role role, Handler next) {
        return (request, context) -> {
            Identity identity = enter(request, context);
            if (!identity.mayAnywhere(role)) {
                throw missing(identity, role, "");
            }
            return next.handle(request, context);
        };
    }

    /** Refuses who has not the role for the application. */
    static void require(HandlerContext context, Role role, String application) {
        Identity identity = identity(context);
        if (!identity.may(role, application)) {
            throw missing(identity, role, application);
        }
    }

    /** For everybody on this machine, for the probe's token where there is one, and for who may see the server. */
    Handler probe(Handler next) {
        Handler viewer = server(Role.VIEWER, next);
        return (request, context) -> {
            boolean open = probeToken.isEmpty()
                    ? fromHere(request)
                    : request.header("Authorization").filter(this::isProbe).isPresent();
            return open ? next.handle(request, context) : viewer.handle(request, context);
        };
    }

    private boolean isProbe(String header) {
        return Access.same(header, "Bearer " + probeToken);
    }

    private static boolean fromHere(Request request) {
        InetAddress address = request.remoteAddress().getAddress();
        return address != null && address.isLoopbackAddress();
    }

    /** The name of the application that the path names. */
    static String applicationName(Request request) {
        return Stream.of("host", "name")
                .map(request.pathParameters()::get)
                .filter(part -> part != null)
                .reduce((host, name) -> host + "/" + name)
                .orElse("");
    }

    /** Who sent the request, behind a door. */
    static Identity identity(HandlerContext context) {
        return context.attributes().get(IDENTITY) instanceof Identity identity
                ? identity
                : new Identity("nobody", List.of());
    }

    static String address(Request request) {
        InetAddress address = request.remoteAddress().getAddress();
        return address == null ? request.remoteAddress().getHostString() : address.getHostAddress();
    }

    private Identity enter(Request request, HandlerContext context) throws IOException {
        Access.Answer answer = access.who(request.header("Authorization").orElse(null), address(request));
        if (answer instanceof Access.Answer.Known known) {
            context.attributes().put(IDENTITY, known.identity());
            return known.identity();
        }
        if (answer instanceof Access.Answer.Nobody nobody) {
            throw Problem.of(
                            401,
                            "login-needed",
                            "A login is needed",
                            nobody.reason()
                                    + " (expected: Authorization: Bearer with a token of sluice token, or Basic with a user of the realm)")
                    .withHeader("WWW-Authenticate", "Bearer realm=\"sluice\"");
        }
        throw Problem.of(
                429,
                "too-many-logins",
                "Too many logins were wrong",
                "This login is not looked at for a while, since too many were wrong before (expected: a pause)");
    }

    private static Problem missing(Identity identity, Role role, String application) {
        String wanted = application.isEmpty() ? role.toString() : role + " or " + role + "@" + application;
        return Problem.of(
                        403,
                        "missing-role",
                        "A role is missing",
                        identity.name() + " has " + identity.granted() + " (expected: " + wanted
                                + "; as a role of a user with " + Access.USER_ROLE + " in front)")
                .with("required", wanted)
                .with("granted", identity.granted());
    }

    /** What a change is, told from the request that asks for it. */
    interface Told {
        Change of(Request request);
    }

    /** Notes in the journal what became of a change, also when it was refused for want of a role. */
    Handler journalled(Told told, Handler next) {
        return (request, context) -> {
            Change change = told.of(request);
            try {
                Response response = next.handle(request, context);
                note(request, context, change, response.status() == 202 ? "begun" : "done");
                return response;
            } catch (Problem e) {
                if (e.status() != 401 && e.status() != 429) { // who is nobody would fill it
                    note(request, context, change, e.status() + ": " + e.detail());
                }
                throw e;
            } catch (Exception e) {
                note(request, context, change, "failed: " + e);
                throw e;
            }
        };
    }

    private void note(Request request, HandlerContext context, Change change, String outcome) {
        journal.add(new Journal.Entry(
                identity(context).name(),
                address(request),
                change.what(),
                change.target(),
                outcome,
                context.requestId()));
    }
}
