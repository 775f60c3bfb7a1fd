package dev.sluice.samples.springmvc;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Says what was uploaded; keeps nothing. */
@RestController
public class UploadController {

    @PostMapping("/uploads")
    Map<String, Object> upload(@RequestParam MultipartFile file, @RequestParam(defaultValue = "") String note)
            throws IOException, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getBytes());
        return Map.of(
                "name",
                String.valueOf(file.getOriginalFilename()),
                "size",
                file.getSize(),
                "sha256",
                HexFormat.of().formatHex(hash),
                "note",
                note);
    }
}
