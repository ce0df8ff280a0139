/**
 * Starts a part of a page whose script is asked for only now; where that does not come, the element says so. Of a browser
 * that remembers a script that failed, only a reload gets it.
 */
export async function startPart(host: Element, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const says = document.createElement('p');
    says.setAttribute('role', 'alert');
    says.textContent = 'A script of this page did not come, or broke off. Check the connection. ';
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'button';
    again.textContent = 'Reload the page';
    again.addEventListener('click', () => location.reload());
    says.append(again);
    for (const loading of host.querySelectorAll('[data-loading]')) loading.remove();
    host.append(says);
    reportError(error);
  }
}
