/** Like fetch, which does not tell how far it is with what it sends: `sent` hears which part of `file` is out, 0 to 1. */
export function sending(file: File, sent: (part: number) => void): (request: Request) => Promise<Response> {
  return (request) =>
    new Promise((resolve, reject) => {
      const exchange = new XMLHttpRequest();
      exchange.open(request.method, request.url);
      request.headers.forEach((value, name) => exchange.setRequestHeader(name, value));
      exchange.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
      exchange.onload = () =>
        resolve(
          new Response(exchange.status === 204 ? null : exchange.responseText, {
            status: exchange.status,
            headers: { "content-type": exchange.getResponseHeader("content-type") ?? "" },
          }),
        );
      exchange.onerror = () => reject(new Error("not answered"));
      exchange.send(file);
    });
}
