<%@ page contentType="text/html; charset=UTF-8" isErrorPage="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="my" tagdir="/WEB-INF/tags" %>
<% response.setStatus(400); %>
<my:page title="Refused"><p>A price is a number, not <c:out value="${param.price}"/>.</p></my:page>
