package org.parley.web;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.parley.auth.Identity;
import org.parley.auth.ParleyPrincipal;

/** A request whose principal is known; both servers hand that on to {@code Session.getUserPrincipal()}. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
    private final ParleyPrincipal principal;

    AuthenticatedRequest(HttpServletRequest request, Identity identity) {
        super(request);
        this.principal = new ParleyPrincipal(identity, request.getRemoteAddr());
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return role.equals("admin") && principal.identity().access().admin();
    }
}
