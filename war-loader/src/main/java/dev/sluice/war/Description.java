package dev.sluice.war;

import dev.sluice.engine.descriptor.InitializerDescriptor;
import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.war.annotation.AnnotationReader;
import dev.sluice.war.annotation.ComponentAnnotations;
import dev.sluice.war.annotation.HandledTypes;
import dev.sluice.war.annotation.LibraryFiles;
import dev.sluice.war.archive.Archive;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Library;
import dev.sluice.war.descriptor.Fragment;
import dev.sluice.war.descriptor.FragmentOrder;
import dev.sluice.war.descriptor.Part;
import dev.sluice.war.descriptor.PartMerger;
import dev.sluice.war.descriptor.WebXml;
import dev.sluice.war.jsp.JspPresence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Describes a web application: reads web.xml, the fragments and what the class files say, and merges them (Servlet 6.1, 8.2.3).
 *
 * @param tagLibraries the libraries that have tag library descriptors
 * @param pages whether Jasper is needed
 * @param javax a class of WEB-INF/classes that is made for javax.servlet, or null
 */
record Description(
        WebApplication application,
        List<Library> tagLibraries,
        boolean pages,
        @Nullable String javax) {

    static Description of(Archive archive, List<Library> libraries, ClassLoader loader) throws ArchiveException {
        return new Reading(archive, libraries, loader).describe();
    }

    /** The steps of the reading and what they share; for one thread. */
    private static final class Reading {
        private final WebXml webXml;
        private final ClassLoader loader;
        private final List<LibraryFiles> files = new ArrayList<>();
        private final Map<String, Index> indexes = new HashMap<>();
        private final Path root;

        Reading(Archive archive, List<Library> libraries, ClassLoader loader) throws ArchiveException {
            this.webXml = WebXml.of(webXml(archive.root().resolve("WEB-INF/web.xml")));
            this.loader = loader;
            this.root = archive.root();
            for (Library library : libraries) {
                files.add(LibraryFiles.of(library));
            }
        }

        private static byte @Nullable [] webXml(Path file) throws ArchiveException {
            try {
                return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
            } catch (IOException e) {
                throw ArchiveException.of("WEB-INF/web.xml", "cannot be read: " + e, e);
            }
        }

        Description describe() throws ArchiveException {
            List<Fragment> fragments = fragments();
            List<Fragment> ordered = ordered(fragments);
            boolean orderingDeclared = webXml.absoluteOrdering() != null
                    || ordered.stream()
                            .anyMatch(f -> !f.node().before().isEmpty()
                                    || !f.node().after().isEmpty());
            List<String> libs = orderingDeclared
                    ? ordered.stream().map(f -> f.library().name()).toList()
                    : null;
            List<String> initializers = initializers(ordered);
            scan(ordered, initializers);
            IndexView index = CompositeIndex.create(List.copyOf(indexes.values()));
            List<InitializerDescriptor> described = new HandledTypes(index, loader).describe(initializers);
            ComponentAnnotations annotations = new ComponentAnnotations(index, loader);
            ApplicationAssembly assembly =
                    new ApplicationAssembly(webXml, merged(ordered), TagListeners.of(root, files), annotations);
            WebApplication application = assembly.application(described, libs);
            List<Library> tagLibraries = files.stream()
                    .filter(file -> !file.tagLibraries().isEmpty())
                    .map(LibraryFiles::library)
                    .toList();
            String javax = indexes.entrySet().stream()
                    .filter(entry -> entry.getKey().equals("WEB-INF/classes"))
                    .flatMap(entry -> JavaxTypes.in(entry.getValue()).stream())
                    .findFirst()
                    .orElse(null);
            return new Description(application, tagLibraries, pages(application, annotations), javax);
        }

        private boolean pages(WebApplication application, ComponentAnnotations annotations) throws ArchiveException {
            return JspPresence.among(root, files)
                    || application.servlets().stream().anyMatch(servlet -> servlet.jspFile() != null)
                    || application.servlets().stream()
                            .map(ServletDescriptor::className)
                            .anyMatch(name -> name != null
                                    && (name.equals(JspPresence.PAGE_SERVLET)
                                            || annotations.isA(name, JspPresence.PAGE_CLASS)));
        }

        private List<Fragment> fragments() throws ArchiveException {
            List<Fragment> all = new ArrayList<>();
            for (LibraryFiles file : files) {
                if (file.library().jar()) {
                    all.add(Fragment.of(file.library(), webXml.metadataComplete() ? null : file.fragment()));
                }
            }
            return all;
        }

        private List<Fragment> ordered(List<Fragment> fragments) throws ArchiveException {
            Map<String, Fragment> byLibrary = new HashMap<>();
            fragments.forEach(fragment -> byLibrary.put(fragment.library().name(), fragment));
            List<FragmentOrder.Node> nodes =
                    fragments.stream().map(Fragment::node).toList();
            List<String> absolute = webXml.absoluteOrdering();
            List<FragmentOrder.Node> ordered =
                    absolute == null ? FragmentOrder.relative(nodes) : FragmentOrder.absolute(nodes, absolute);
            return ordered.stream().map(node -> byLibrary.get(node.library())).toList();
        }

        /** Servlet 6.1, 8.2.4: those of WEB-INF/classes first, then in fragment order; none of excluded fragments. */
        private List<String> initializers(List<Fragment> ordered) {
            Stream<LibraryFiles> classes =
                    files.stream().filter(file -> !file.library().jar());
            Stream<LibraryFiles> jars = ordered.stream().flatMap(fragment -> files.stream()
                    .filter(file -> file.library().equals(fragment.library())));
            return Stream.concat(classes, jars)
                    .flatMap(file -> file.initializers().stream())
                    .distinct()
                    .toList();
        }

        /** Indexes what has to be: all if an initializer asks for types, otherwise where annotations count. */
        private void scan(List<Fragment> ordered, List<String> initializers) throws ArchiveException {
            boolean all = initializers.stream().anyMatch(name -> HandledTypes.asks(name, loader));
            List<LibraryFiles> wanted = files.stream()
                    .filter(file -> all || !webXml.metadataComplete() && annotated(file, ordered))
                    .toList();
            indexes.putAll(Scan.of(wanted));
        }

        private static boolean annotated(LibraryFiles file, List<Fragment> ordered) {
            return !file.library().jar()
                    || ordered.stream().anyMatch(f -> f.library().equals(file.library()) && !f.metadataComplete());
        }

        private Part merged(List<Fragment> ordered) throws ArchiveException {
            if (webXml.metadataComplete()) {
                return webXml.part();
            }
            Part main = webXml.part();
            for (LibraryFiles file : files) {
                if (!file.library().jar()) {
                    main = PartMerger.overlay(main, annotations(file.library()));
                }
            }
            List<Part> parts = new ArrayList<>();
            for (Fragment fragment : ordered) {
                parts.add(
                        fragment.metadataComplete()
                                ? fragment.part()
                                : PartMerger.overlay(fragment.part(), annotations(fragment.library())));
            }
            return PartMerger.augment(main, parts);
        }

        private Part annotations(Library library) throws ArchiveException {
            Index index = indexes.get(library.name());
            return index == null
                    ? Part.empty(library.place(""))
                    : AnnotationReader.read("annotations in " + library.place(""), index);
        }
    }
}
