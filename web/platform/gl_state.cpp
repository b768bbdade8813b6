// What Dear ImGui's renderer asks of WebGL before each frame in order to put it back afterwards. Nobody else draws
// here, so that it can be answered without asking: in a browser many such questions wait until everything drawn so far
// is done, which on a slow machine is most of the frame. The build makes the renderer call these for glGetIntegerv and
// glGetString.

#include <GLES3/gl3.h>

#include <algorithm>

extern "C" void guanjia_gl_get_integerv(GLenum what, GLint* to) {
    switch (what) {
        case GL_BLEND_SRC_RGB:
        case GL_BLEND_SRC_ALPHA: *to = GL_ONE; return;
        case GL_BLEND_DST_RGB:
        case GL_BLEND_DST_ALPHA: *to = GL_ZERO; return;
        case GL_BLEND_EQUATION_RGB:
        case GL_BLEND_EQUATION_ALPHA: *to = GL_FUNC_ADD; return;
        case GL_ACTIVE_TEXTURE: *to = GL_TEXTURE0; return;
        // Set before each frame by whoever draws it.
        case GL_VIEWPORT:
        case GL_SCISSOR_BOX: std::fill_n(to, 4, 0); return;
        case GL_CURRENT_PROGRAM:
        case GL_TEXTURE_BINDING_2D:
        case GL_SAMPLER_BINDING:
        case GL_ARRAY_BUFFER_BINDING:
        case GL_ELEMENT_ARRAY_BUFFER_BINDING:
        case GL_PIXEL_UNPACK_BUFFER_BINDING:
        case GL_VERTEX_ARRAY_BINDING: *to = 0; return;
        default: glGetIntegerv(what, to);  // the size of the largest texture and the like: once
    }
}

// At the start: which version it is, as we have asked for it, and whose driver has which faults, of which WebGL knows
// better.
extern "C" GLubyte const* guanjia_gl_get_string(GLenum what) {
    return reinterpret_cast<GLubyte const*>(what == GL_VERSION ? "OpenGL ES 3.0" : "WebGL");
}
