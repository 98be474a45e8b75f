// Declares one call of the conformance test.

export interface ConformanceCall {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  body?: object;
}

export const get = (path: string): ConformanceCall => ({ method: 'get', path });
export const put = (path: string, body?: object): ConformanceCall => ({ method: 'put', path, ...(body && { body }) });
export const post = (path: string, body?: object): ConformanceCall => ({ method: 'post', path, ...(body && { body }) });
export const remove = (path: string, body?: object): ConformanceCall => ({
  method: 'delete',
  path,
  ...(body && { body }),
});
