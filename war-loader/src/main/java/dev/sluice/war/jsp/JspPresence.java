package dev.sluice.war.jsp;

import dev.sluice.war.annotation.LibraryFiles;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.loading.Visibility;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/** Whether an application has pages, and what its class loader has to see then. */
public final class JspPresence {
    /** How descriptors made for Tomcat name the JSP servlet. */
    public static final String PAGE_SERVLET = "org.apache.jasper.servlet.JspServlet";

    /** What every servlet that Jasper generated extends. */
    public static final String PAGE_CLASS = "org.apache.jasper.runtime.HttpJspBase";

    /** What generated code and tag plug-ins name; a test compares it with what the generator can write. */
    private static final List<String> RUNTIME = List.of(
            "org.apache.jasper.runtime",
            "org.apache.jasper.el",
            "org.apache.jasper.tagplugins",
            "org.apache.jasper.compiler.tagplugin",
            "org.apache.jasper.JasperException",
            "org.apache.tomcat.InstanceManager");

    private static final List<String> STANDARD_TAGS =
            List.of("jakarta.servlet.jsp.jstl", "org.apache.taglibs.standard");
    private static final Set<String> EXTENSIONS = Set.of("jsp", "jspx", "jspf", "tag", "tagx", "tld");

    private JspPresence() {}

    /** The classes that compiled pages refer to, and the standard tag library where the application has none of its own. */
    public static Visibility visibility(Visibility visibility) {
        return visibility.with(RUNTIME, STANDARD_TAGS, Set.of());
    }

    /** Whether there are pages, tag files or tag libraries among the files. */
    public static boolean among(Path root, List<LibraryFiles> libraries) throws ArchiveException {
        if (libraries.stream()
                .anyMatch(library -> library.pages() || !library.tagLibraries().isEmpty())) {
            return true;
        }
        Search search = new Search(root);
        try {
            Files.walkFileTree(root, search);
        } catch (IOException e) {
            throw ArchiveException.of(root.toString(), "cannot be searched for pages: " + e, e);
        }
        return search.found;
    }

    /** Whether a file name is one of a page, a tag file or a tag library. */
    public static boolean isPage(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1));
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final Set<Path> skipped;
        private boolean found;

        Search(Path root) {
            this.skipped = Set.of(root.resolve("WEB-INF/classes"), root.resolve("WEB-INF/lib"));
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return skipped.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found = isPage(file.toString());
            return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
