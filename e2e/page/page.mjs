/** Imports a module of the page by its path below web/js. */
export const fromPage = (path) => import(new URL(`../../app/src/main/resources/web/js/${path}`, import.meta.url));
