package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.deploy.deployment.Anatomy;
import dev.sluice.deploy.deployment.StartTimes;
import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.descriptor.FilterDescriptor;
import dev.sluice.engine.descriptor.FilterMapping;
import dev.sluice.engine.descriptor.ListenerDescriptor;
import dev.sluice.engine.descriptor.NamingDescriptor;
import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.security.Constraints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** One application: what the list has, the parts of its start, the archives that are kept, and what it says about itself. */
final class ApplicationDetail implements Handler {
    private final ServerView server;
    private final Status status;

    ApplicationDetail(ServerView server) {
        this.server = server;
        this.status = new Status(server);
    }

    @Override
    public Response handle(Request request, HandlerContext context) {
        String name = Doors.applicationName(request);
        ApplicationView view = server.application(name).orElseThrow(() -> Problem.unknownApplication(name));
        return Response.json(Json.write(detail(view)));
    }

    private Map<String, Object> detail(ApplicationView view) {
        Map<String, Object> fields = status.application(view);
        String prefix = view.host() + "/";
        String bare = view.name().startsWith(prefix) ? view.name().substring(prefix.length()) : view.name();
        fields.put("versions", server.control().versions(view.host(), bare));
        fields.put("parts", parts(view.parts()));
        view.anatomy().ifPresent(anatomy -> describe(fields, anatomy));
        return fields;
    }

    static List<Map<String, Object>> parts(List<StartTimes.Part> parts) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (StartTimes.Part part : parts) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", part.name());
            fields.put("state", part.stage().name().toLowerCase(Locale.ROOT));
            fields.put("millis", part.time().toMillis());
            all.add(fields);
        }
        return all;
    }

    private static void describe(Map<String, Object> fields, Anatomy anatomy) {
        WebApplication descriptor = anatomy.descriptor();
        fields.put("displayName", descriptor.displayName());
        fields.put("servletVersion", descriptor.version());
        fields.put(
                "servlets",
                descriptor.servlets().stream().map(ApplicationDetail::servlet).toList());
        fields.put("filters", filters(descriptor));
        fields.put(
                "listeners",
                descriptor.listeners().stream()
                        .map(ListenerDescriptor::className)
                        .toList());
        fields.put(
                "resources",
                descriptor.namingEntries().stream()
                        .map(ApplicationDetail::resource)
                        .toList());
        fields.put("roles", new TreeSet<>(descriptor.securityRoles()));
        fields.put(
                "authMethod",
                descriptor.login() == null
                        ? ""
                        : String.valueOf(descriptor.login().authMethod()));
        fields.put(
                "constraints",
                anatomy.constraints().matrix().stream()
                        .map(ApplicationDetail::constraint)
                        .toList());
        fields.put("uncovered", anatomy.constraints().uncovered());
    }

    private static Map<String, Object> servlet(ServletDescriptor servlet) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", servlet.name());
        fields.put("class", servlet.className() == null ? "" : servlet.className());
        fields.put("page", servlet.jspFile() == null ? "" : servlet.jspFile());
        fields.put("urlPatterns", servlet.urlPatterns());
        fields.put("loadOnStartup", servlet.loadOnStartup());
        fields.put("asyncSupported", servlet.asyncSupported());
        return fields;
    }

    /** In the order of the chain. */
    private static List<Map<String, Object>> filters(WebApplication descriptor) {
        Map<String, FilterDescriptor> byName = new LinkedHashMap<>();
        descriptor.filters().forEach(filter -> byName.put(filter.name(), filter));
        List<Map<String, Object>> all = new ArrayList<>();
        for (FilterMapping mapping : descriptor.filterMappings()) {
            FilterDescriptor filter = byName.get(mapping.filterName());
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", mapping.filterName());
            fields.put("class", filter == null || filter.className() == null ? "" : filter.className());
            fields.put("urlPatterns", mapping.urlPatterns());
            fields.put("servletNames", mapping.servletNames());
            fields.put("dispatchers", new TreeSet<>(mapping.dispatchers()));
            all.add(fields);
        }
        return all;
    }

    /** Without its value, which may be a secret. */
    private static Map<String, Object> resource(NamingDescriptor entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", entry.name());
        fields.put("kind", entry.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        fields.put("type", entry.type() == null ? "" : entry.type());
        fields.put("lookup", entry.lookupName() == null ? "" : entry.lookupName());
        return fields;
    }

    private static Map<String, Object> constraint(Constraints.Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("urlPattern", row.pattern());
        fields.put("method", row.method());
        fields.put("covered", row.covered());
        fields.put("access", row.decision().access().name().toLowerCase(Locale.ROOT));
        fields.put("roles", new TreeSet<>(row.decision().roles()));
        fields.put("confidential", row.decision().confidential());
        return fields;
    }
}
