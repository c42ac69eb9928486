package org.chatarchiver.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.chatarchiver.mapping.MappingFileParser;
import org.chatarchiver.security.Role;
import org.chatarchiver.setup.Uploads;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a form with a file pass from an administrator, to the page that takes it, and up to its largest size. It stands where nothing has
 * been read yet: the next filter looks for a token in the form, for which the container writes the whole of it to the disk.
 */
final class UploadDoor extends OncePerRequestFilter {
    private static final Pattern TAKES = Pattern.compile(".*" + SetupFrame.PATH + "/[0-9a-f-]{36}/mapping");
    private static final String ADMIN = "ROLE_" + Role.DATA_CONNECTOR_ADMIN.name();

    /** For what stands around the file in the form. */
    private static final long LARGEST = MappingFileParser.MOST_BYTES + (1 << 20);

    private final ConsolePages pages;

    UploadDoor(ConsolePages pages) {
        this.pages = pages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isMultipart(request)) {
            chain.doFilter(request, response);
        } else if (!isAdministrator() || !TAKES.matcher(request.getRequestURI()).matches()) {
            refuse(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "No file is taken here, or not from you; log in and try again.");
        } else if (request.getContentLengthLong() < 0) {
            refuse(
                    request,
                    response,
                    HttpStatus.LENGTH_REQUIRED,
                    "The form does not say how long it is, so it is not read.");
        } else if (request.getContentLengthLong() > LARGEST) {
            Uploads.hearOut(request.getInputStream());
            refuse(
                    request,
                    response,
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "The file has " + (request.getContentLengthLong() >> 20) + " MB; a mapping file has at most "
                            + (MappingFileParser.MOST_BYTES >> 20)
                            + " MB. Leave out rows that are no longer valid, go back and send it again.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static boolean isAdministrator() {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return user != null
                && user.isAuthenticated()
                && user.getAuthorities().stream().anyMatch(granted -> ADMIN.equals(granted.getAuthority()));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String sentence)
            throws IOException {
        response.setHeader(HttpHeaders.CONNECTION, "close");
        pages.writeError(request, response, status, sentence);
    }
}
