package dev.sluice.war.jsp;

import dev.sluice.war.loading.ApplicationClassLoader;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.jasper.compiler.JDTCompiler;
import org.apache.jasper.compiler.SmapStratum;

/** Jasper's compiler, after which the classes of a page are treated as the application's own loader treats classes. Made by Jasper for each page. */
public final class PageCompiler extends JDTCompiler {
    /** Made by Jasper. */
    public PageCompiler() {}

    @Override
    protected void generateClass(Map<String, SmapStratum> smaps) throws Exception {
        super.generateClass(smaps);
        if (ctxt.getServletContext().getClassLoader() instanceof ApplicationClassLoader application) {
            treat(application, new File(ctxt.getClassFileName()).toPath());
        }
    }

    /** The page's class, and those inside of it, in which scriptlets and declarations may be. */
    private static void treat(ApplicationClassLoader application, Path page) throws IOException {
        String name = page.getFileName().toString();
        String simple = name.substring(0, name.length() - ".class".length());
        treatFile(application, page);
        try (DirectoryStream<Path> inner = Files.newDirectoryStream(
                page.resolveSibling("."),
                file -> file.getFileName().toString().startsWith(simple + "$")
                        && file.getFileName().toString().endsWith(".class"))) {
            for (Path file : inner) {
                treatFile(application, file);
            }
        }
    }

    private static void treatFile(ApplicationClassLoader application, Path file) throws IOException {
        byte[] changed = application.withoutExit(file.getFileName().toString(), Files.readAllBytes(file));
        if (changed != null) {
            Files.write(file, changed);
        }
    }
}
