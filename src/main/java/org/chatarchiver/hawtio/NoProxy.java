package org.chatarchiver.hawtio;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** In the place of Hawtio's proxy to other hosts, which would take an HTTP client of its own along: its page asks whether there is one. */
final class NoProxy extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("/enabled".equals(request.getPathInfo()) && "GET".equals(request.getMethod())) {
            response.setContentType("application/json");
            response.getWriter().print(false);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
