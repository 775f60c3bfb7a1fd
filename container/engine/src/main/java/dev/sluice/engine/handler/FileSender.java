package dev.sluice.engine.handler;

import dev.sluice.api.Response;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.conditional.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** Sends a file: by the kernel where the transport can, with conditions and a range if the response is a plain 200. */
final class FileSender {
    private final Call call;
    private final HttpExchange exchange;
    private final Response response;
    private final boolean head;

    FileSender(Call call, Response response, boolean head) {
        this.call = call;
        this.exchange = call.exchange();
        this.response = response;
        this.head = head;
    }

    void send(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                notFound();
                return;
            }
            Selection selection = head(attributes);
            if (head || selection.length() == 0) {
                exchange.end();
                return;
            }
            exchange.responseBody().transferFrom(file, selection.start(), selection.length());
            exchange.end();
        } catch (NoSuchFileException e) {
            notFound();
        }
    }

    private Selection head(BasicFileAttributes attributes) {
        Headers headers = exchange.responseHeaders();
        HeaderFields.addTo(headers, response.headers());
        Selection selection = new Selection(response.status(), 0, attributes.size(), Optional.empty());
        boolean selectable =
                response.status() == 200 && (head || exchange.method().equals("GET"));
        if (selectable) {
            Instant modified = attributes.lastModifiedTime().toInstant();
            String tag = Long.toHexString(modified.toEpochMilli()) + "-" + Long.toHexString(attributes.size());
            selection = Selection.of(exchange.requestHeaders(), attributes.size(), modified, tag);
            headers.set("ETag", Selection.quoted(tag));
            headers.set("Last-Modified", Selection.lastModified(modified));
            headers.set("Accept-Ranges", "bytes");
            selection.contentRange().ifPresent(range -> headers.set("Content-Range", range));
        }
        exchange.status(selection.status());
        if (selection.status() == 304) {
            headers.remove("Content-Length");
        } else {
            headers.set("Content-Length", Long.toString(selection.length()));
        }
        return selection;
    }

    /** The client is told that nothing is there, not which file was looked for. */
    private void notFound() throws IOException {
        byte[] text = "Not Found".getBytes(StandardCharsets.UTF_8);
        exchange.status(404);
        exchange.responseHeaders().clear();
        exchange.responseHeaders().set("Content-Type", "text/plain;charset=utf-8");
        if (head) {
            exchange.responseHeaders().set("Content-Length", Integer.toString(text.length));
            exchange.end();
        } else {
            exchange.responseBody().writeLast(ByteBuffer.wrap(text));
        }
    }

    @Override
    public String toString() {
        return "file for " + call;
    }
}
