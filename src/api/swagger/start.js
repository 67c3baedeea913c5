'use strict'

// Every write of the Tenants API spends a CSRF token of its own. A request that says so in its header gets a fresh one, so that
// "Try it out" needs no copying.
async function addCsrfToken (request) {
  if (api === 'hackney') {
    return request
  }
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

const api = new URLSearchParams(window.location.search).get('api') === 'hackney' ? 'hackney' : 'propops'
document.querySelectorAll('nav a')[api === 'hackney' ? 1 : 0].setAttribute('aria-current', 'page')

window.SwaggerUIBundle({
  url: `/openapi/${api}.yaml`,
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: addCsrfToken
})
