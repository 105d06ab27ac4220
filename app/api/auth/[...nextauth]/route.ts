/** Mounts next-auth, those of its routes that open a session. */
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { apiSecurityHeaders } from '../../../../lib/http/security-headers';
import { servesAuthRoute } from '../../../../lib/identity/auth-options';
import { getRuntime } from '../../../../lib/runtime';

interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

async function answer(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  const response = servesAuthRoute(request.method, nextauth)
    ? // Typed `any`; with a route's request and context it answers with a Response.
      ((await NextAuth(request, context, getRuntime().sessions.authOptions)) as Response)
    : new Response(null, { status: 404 });
  for (const [name, value] of Object.entries(apiSecurityHeaders)) {
    response.headers.set(name, value);
  }
  return response;
}

export { answer as GET, answer as POST };
