// Formats attachments for the API.
import type { Attachment } from '../../account/uploads.ts';
import type { UrlOf } from '../call.ts';

export function showAttachment(url: UrlOf, attachment: Attachment): Record<string, unknown> {
  const { id, file_name, content_type, content, key, deleted } = attachment;
  const content_url = `${url('').replace(/\/api\/v2$/, '')}/attachments/token/${key}/?name=${encodeURIComponent(file_name)}`;
  return {
    url: url(`/attachments/${id}.json`),
    id,
    file_name,
    content_url,
    mapped_content_url: content_url,
    content_type,
    size: content.byteLength,
    // Only pictures have a size, and files are not inspected here.
    width: null,
    height: null,
    inline: false,
    deleted,
    malware_access_override: false,
    malware_scan_result: 'not_scanned',
    thumbnails: [],
  };
}
