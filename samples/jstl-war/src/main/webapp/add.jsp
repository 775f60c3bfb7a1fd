<%@ page contentType="text/html; charset=UTF-8" errorPage="/refused.jsp" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="fmt" uri="jakarta.tags.fmt" %>
<fmt:parseNumber var="price" value="${param.price}" parseLocale="en-GB"/>
<c:if test="${empty sessionScope.list}"><c:set var="list" scope="session" value="${[]}"/></c:if>
<c:set var="added" value="${list.add({'name': param.name, 'price': price})}"/>
<c:redirect url="/"/>
