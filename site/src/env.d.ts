/** What Astro puts into import.meta.env; declared here, as Astro's own types want the DOM of a browser alone. */
interface ImportMetaEnv {
  readonly BASE_URL: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}
