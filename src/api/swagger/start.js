'use strict'

// Every write spends a CSRF token of its own. A request that says so in its header gets a fresh one, so that
// "Try it out" needs no copying.
async function addCsrfToken (request) {
  const isWrite = !['GET', 'HEAD'].includes((request.method || 'GET').toUpperCase())
  const isOpen = /\/api\/(auth|system|security\/mobile-auth)/.test(request.url)
  if (!isWrite || isOpen || request.headers['X-CSRF-Token']) {
    return request
  }
  const credentials = request.headers.Authorization ? { Authorization: request.headers.Authorization } : {}
  const answer = await fetch('/api/security/csrf-token', { headers: credentials })
  if (answer.ok) {
    request.headers['X-CSRF-Token'] = (await answer.json()).data.token
  }
  return request
}

window.SwaggerUIBundle({
  url: '/openapi/propops.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: addCsrfToken
})
