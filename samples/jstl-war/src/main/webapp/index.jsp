<%@ page contentType="text/html; charset=UTF-8" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="fn" uri="jakarta.tags.functions" %>
<%@ taglib prefix="my" tagdir="/WEB-INF/tags" %>
<c:if test="${empty sessionScope.list}"><c:set var="list" scope="session" value="${[]}"/></c:if>
<my:page title="Shopping list">
  <p>
    <c:choose>
      <c:when test="${empty list}">Nothing yet.</c:when>
      <c:otherwise>${fn:length(list)} entries, <my:price of="${list.stream().map(entry -> entry.price).sum()}"/> in all.</c:otherwise>
    </c:choose>
  </p>
  <ol>
    <c:forEach items="${list}" var="entry" varStatus="status">
      <li class="${status.index % 2 == 0 ? 'even' : 'odd'}"><c:out value="${entry.name}"/>: <my:price of="${entry.price}"/></li>
    </c:forEach>
  </ol>
  <c:set var="dear" value="${list.stream().filter(entry -> entry.price > 3).map(entry -> entry.name).toList()}"/>
  <c:if test="${not empty dear}"><p>Dear: <c:forEach items="${dear}" var="name" varStatus="status"><c:if test="${!status.first}">, </c:if><c:out value="${name}"/></c:forEach></p></c:if>
  <form action="<c:url value="/add.jsp"/>" method="post">
    <input name="name" required> <input name="price" type="number" step="0.01" required> <button>Add</button>
  </form>
</my:page>
