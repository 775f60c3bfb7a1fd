package dev.sluice.engine.servlet;

import dev.sluice.engine.descriptor.JspDescriptor;
import dev.sluice.engine.descriptor.JspDescriptor.PropertyGroup;
import jakarta.servlet.descriptor.JspConfigDescriptor;
import jakarta.servlet.descriptor.JspPropertyGroupDescriptor;
import jakarta.servlet.descriptor.TaglibDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code <jsp-config>} for applications and JSP engines. */
public record JspConfigView(JspDescriptor descriptor) implements JspConfigDescriptor {

    /** Null if nothing is declared, as the specification wants it. */
    static @Nullable JspConfigDescriptor of(JspDescriptor descriptor) {
        return descriptor.equals(JspDescriptor.NONE) ? null : new JspConfigView(descriptor);
    }

    @Override
    public Collection<TaglibDescriptor> getTaglibs() {
        List<TaglibDescriptor> views = new ArrayList<>();
        descriptor.tagLibraries().forEach((uri, location) -> views.add(new Taglib(uri, location)));
        return views;
    }

    @Override
    public Collection<JspPropertyGroupDescriptor> getJspPropertyGroups() {
        List<JspPropertyGroupDescriptor> views = new ArrayList<>();
        descriptor.propertyGroups().forEach(group -> views.add(new Group(group)));
        return views;
    }

    /** One {@code <taglib>}. */
    public record Taglib(String uri, String location) implements TaglibDescriptor {
        @Override
        public String getTaglibURI() {
            return uri;
        }

        @Override
        public String getTaglibLocation() {
            return location;
        }
    }

    /** One {@code <jsp-property-group>}. */
    public record Group(PropertyGroup group) implements JspPropertyGroupDescriptor {
        @Override
        public Collection<String> getUrlPatterns() {
            return new ArrayList<>(group.urlPatterns());
        }

        @Override
        public @Nullable String getElIgnored() {
            return group.elIgnored();
        }

        @Override
        public @Nullable String getErrorOnELNotFound() {
            return group.errorOnElNotFound();
        }

        @Override
        public @Nullable String getPageEncoding() {
            return group.pageEncoding();
        }

        @Override
        public @Nullable String getScriptingInvalid() {
            return group.scriptingInvalid();
        }

        @Override
        public @Nullable String getIsXml() {
            return group.isXml();
        }

        @Override
        public Collection<String> getIncludePreludes() {
            return new ArrayList<>(group.includePreludes());
        }

        @Override
        public Collection<String> getIncludeCodas() {
            return new ArrayList<>(group.includeCodas());
        }

        @Override
        public @Nullable String getDeferredSyntaxAllowedAsLiteral() {
            return group.deferredSyntaxAllowedAsLiteral();
        }

        @Override
        public @Nullable String getTrimDirectiveWhitespaces() {
            return group.trimDirectiveWhitespaces();
        }

        @Override
        public @Nullable String getDefaultContentType() {
            return group.defaultContentType();
        }

        @Override
        public @Nullable String getBuffer() {
            return group.buffer();
        }

        @Override
        public @Nullable String getErrorOnUndeclaredNamespace() {
            return group.errorOnUndeclaredNamespace();
        }
    }
}
